// What Go's runtime and library do: goroutines, files, a connection to itself, a child.
package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"sync"
)

func main() {
	var all sync.WaitGroup
	var turn sync.Mutex // so that descriptors have the same numbers in each run
	for i := 0; i < 8; i++ {
		all.Add(1)
		go func(i int) {
			defer all.Done()
			turn.Lock()
			defer turn.Unlock()
			name := fmt.Sprintf("f%d", i)
			_ = os.WriteFile(name, make([]byte, 100*i), 0o640)
			b, err := os.ReadFile(name)
			if err != nil || len(b) != 100*i {
				fmt.Println("wrong", err)
			}
		}(i)
	}
	all.Wait()
	_, err := os.Stat("/nonexistent")
	fmt.Println(err)
	l, err := net.Listen("unix", "socket")
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	go func() {
		c, err := net.Dial("unix", "socket")
		if err == nil {
			fmt.Fprint(c, "hello")
			c.Close()
		}
	}()
	c, err := l.Accept()
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	b, err := io.ReadAll(c)
	fmt.Println(string(b), err)
	fmt.Println(exec.Command("/bin/false").Run())
	os.Exit(6)
}
