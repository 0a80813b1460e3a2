package data

import (
	"bufio"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestDeskThatDiesOrHangsInTheMidstOfAnActHoldsNobodyUp: the server ends its session, without a word from it, after nine seconds at most.
func TestDeskThatDiesOrHangsInTheMidstOfAnActHoldsNobodyUp(t *testing.T) {
	for name, signal := range map[string]os.Signal{"dies": syscall.SIGKILL, "hangs": syscall.SIGSTOP} {
		t.Run(name, func(t *testing.T) {
			d := sharedDesk(t)
			child := exec.Command(os.Args[0])
			child.Env = append(os.Environ(), deskRole+"=hanging", deskPath+"="+d.Path())
			child.Stderr = os.Stderr
			in, err := child.StdinPipe()
			require.NoError(t, err)
			defer in.Close()
			out, err := child.StdoutPipe()
			require.NoError(t, err)
			require.NoError(t, child.Start())
			defer func() { _ = child.Process.Kill(); _ = child.Wait() }()
			line, err := bufio.NewReader(out).ReadString('\n')
			require.NoError(t, err)
			require.Equal(t, "holding\n", line)
			require.NoError(t, child.Process.Signal(signal))
			begin := time.Now()
			d.upload(d.north, d.contoso, d.devices(1)...)
			took := time.Since(begin)
			t.Logf("the next act of another desk took %v", took)
			require.Less(t, took, time.Minute)
		})
	}
}
