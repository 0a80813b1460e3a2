package intake

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"syscall"

	"consign/model"
)

// ScanSession is a Bench whose scans are kept in a journal as they come, so that they survive a crash.
// Use it from one goroutine at a time.
type ScanSession struct {
	*Bench
	expected int
	party    int64
	journal  *os.File
}

// The journal is a text: its first line names the mode, then + and a scan, - for an undo, = and the count that is expected, or @ and
// the account that the devices go to, on a line each.
const (
	journalPerScan = "consign scan 1 one per scan\n"
	journalPerBox  = "consign scan 1 one per box\n"
)

// StartScan begins a session whose journal is at path, which must not exist.
func StartScan(path string, mode BenchMode) (*ScanSession, error) {
	journal, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL|os.O_APPEND, 0o600)
	if err != nil {
		return nil, journalFault(err)
	}
	first := journalPerScan
	if mode == OnePerBox {
		first = journalPerBox
	}
	s := &ScanSession{Bench: NewBench(mode), journal: journal}
	if err := s.keep(first); err != nil {
		s.Discard()
		return nil, err
	}
	return s, nil
}

// ResumeScan goes on with the session of an earlier run. Without one it returns a NotFound error.
func ResumeScan(path string) (*ScanSession, error) {
	journal, err := os.OpenFile(path, os.O_RDWR|os.O_APPEND, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, model.Fail(model.NotFound, "There is no scan session to go on with.").Because(err)
	}
	if err != nil {
		return nil, journalFault(err)
	}
	s := &ScanSession{Bench: NewBench(OnePerScan), journal: journal}
	if err := s.replay(); err != nil {
		journal.Close()
		return nil, err
	}
	s.mix()
	return s, nil
}

// replay does again what the journal tells. A line that was cut off by the crash is cut off the journal too.
func (s *ScanSession) replay() error {
	r := bufio.NewReader(s.journal)
	whole := int64(0)
	for first := true; ; first = false {
		text, err := r.ReadString('\n')
		if err == io.EOF {
			break
		}
		if err != nil {
			return journalFault(err)
		}
		whole += int64(len(text))
		switch {
		case first && text == journalPerBox:
			s.Bench = NewBench(OnePerBox)
		case first && text != journalPerScan:
			return model.Fail(model.Damaged, "The kept scan session cannot be read: scan again.")
		case strings.HasPrefix(text, "+"):
			s.Bench.Scan(text[1:])
		case strings.HasPrefix(text, "-"):
			s.Bench.Undo()
		case strings.HasPrefix(text, "="):
			s.expected, _ = strconv.Atoi(strings.TrimSpace(text[1:]))
		case strings.HasPrefix(text, "@"):
			s.party, _ = strconv.ParseInt(strings.TrimSpace(text[1:]), 10, 64)
		}
	}
	if whole == 0 {
		return model.Fail(model.Damaged, "The kept scan session cannot be read: scan again.")
	}
	if err := s.journal.Truncate(whole); err != nil {
		return journalFault(err)
	}
	return nil
}

// Scan takes a scan and keeps it. When it cannot be kept, it counts all the same and the error says so.
func (s *ScanSession) Scan(text string) (Scanned, error) {
	text = oneLine(text)
	return s.Bench.Scan(text), s.keep("+" + text + "\n")
}

// Undo takes back the last scan and reports whether there was one.
func (s *ScanSession) Undo() (bool, error) {
	if !s.Bench.Undo() {
		return false, nil
	}
	return true, s.keep("-\n")
}

// Expected is how many devices a person expects, 0 if nobody has said it.
func (s *ScanSession) Expected() int { return s.expected }

// Expect keeps how many devices a person expects.
func (s *ScanSession) Expect(n int) error {
	s.expected = n
	return s.keep("=" + strconv.Itoa(n) + "\n")
}

// Party is the account that was chosen for the devices, 0 if none was.
func (s *ScanSession) Party() int64 { return s.party }

// Choose keeps the account that was chosen for the devices.
func (s *ScanSession) Choose(account int64) error {
	s.party = account
	return s.keep("@" + strconv.FormatInt(account, 10) + "\n")
}

// oneLine keeps the line breaks of a code with several lines as record separators, so that the journal has a line for every scan.
func oneLine(text string) string {
	return strings.NewReplacer("\r\n", recordSeparator, "\n", recordSeparator, "\r", recordSeparator).Replace(strings.TrimSpace(text))
}

func (s *ScanSession) keep(text string) error {
	_, err := s.journal.WriteString(text)
	if err == nil {
		err = s.journal.Sync()
	}
	if err != nil {
		return journalFault(err)
	}
	return nil
}

// Close ends the session and keeps its journal, to be resumed.
func (s *ScanSession) Close() error { return s.journal.Close() }

// Discard ends the session for good, after its devices were uploaded or given up.
func (s *ScanSession) Discard() error {
	return errors.Join(s.journal.Close(), os.Remove(s.journal.Name()))
}

func journalFault(err error) error {
	if errors.Is(err, syscall.ENOSPC) {
		return model.Fail(model.DiskFull, "The disk is full: the scans are not kept.").Because(err)
	}
	return model.Fail(model.Unwritable, "The scans cannot be kept: they would be lost in a crash.").Because(err)
}
