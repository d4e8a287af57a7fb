/* An enum as well. */
enum e { A };
enum e { B };
