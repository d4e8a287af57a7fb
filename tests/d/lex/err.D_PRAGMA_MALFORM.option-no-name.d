#pragma D option =3
BEGIN { }
