package intake

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"consign/data/disk"
	"consign/model"
)

// ScanSession is a Bench whose scans are kept in a journal as they come, so that they survive a crash.
// Use it from one goroutine at a time.
type ScanSession struct {
	*Bench
	expected int
	party    int64
	journal  *disk.File
	whole    int64 // bytes of the journal that are kept
}

// The journal is a text: its first line names the mode, then + and a scan, - for an undo, = and the count that is expected, or @ and
// the account that the devices go to, on a line each.
const (
	journalPerScan = "consign scan 1 one per scan\n"
	journalPerBox  = "consign scan 1 one per box\n"
)

// StartScan begins a session whose journal is at path, which must not exist.
func StartScan(path string, mode BenchMode) (*ScanSession, error) {
	if disk.Exists(path) {
		return nil, journalFault(fs.ErrExist)
	}
	first := journalPerScan
	if mode == OnePerBox {
		first = journalPerBox
	}
	if err := disk.WriteFile(path, []byte(first), disk.Private); err != nil { // whole: a journal without its first line cannot be resumed
		return nil, journalFault(err)
	}
	journal, err := disk.Append(path)
	if err != nil {
		return nil, journalFault(err)
	}
	return &ScanSession{Bench: NewBench(mode), journal: journal, whole: int64(len(first))}, nil
}

// ResumeScan goes on with the session of an earlier run. Without one it returns a NotFound error.
func ResumeScan(path string) (*ScanSession, error) {
	journal, err := disk.Append(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, model.Fail(model.NotFound, "There is no scan session to go on with.").Because(err)
	}
	if err != nil {
		return nil, journalFault(err)
	}
	s := &ScanSession{Bench: NewBench(OnePerScan), journal: journal}
	err = s.replay(journal)
	if err == nil { // a line that was cut off by the crash is cut off the journal too
		if err = journal.Truncate(s.whole); err != nil {
			err = journalFault(err)
		}
	}
	if err != nil {
		journal.Close()
		return nil, err
	}
	s.mix()
	return s, nil
}

// LookAtScan tells of the session of an earlier run how many devices it holds, and the account that was chosen for them, 0 for none. It
// changes nothing, so that it may look while the session goes on.
func LookAtScan(path string) (devices int, party int64, err error) {
	journal, err := os.Open(path)
	if err != nil {
		return 0, 0, journalFault(err)
	}
	defer journal.Close()
	s := &ScanSession{Bench: NewBench(OnePerScan)}
	if err := s.replay(journal); err != nil {
		return 0, 0, err
	}
	return s.Len(), s.party, nil
}

// replay does again what a journal tells, but for a line that was cut off.
func (s *ScanSession) replay(journal io.Reader) error {
	r := bufio.NewReader(journal)
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
	s.whole = whole
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
	_, err := s.journal.Write([]byte(text))
	if err == nil {
		err = s.journal.Sync()
	}
	if err != nil {
		_ = s.journal.Truncate(s.whole) // half a line would spoil the next one
		return journalFault(err)
	}
	s.whole += int64(len(text))
	return nil
}

// Close ends the session and keeps its journal, to be resumed.
func (s *ScanSession) Close() error { return s.journal.Close() }

// Discard ends the session for good, after its devices were uploaded or given up.
func (s *ScanSession) Discard() error {
	return errors.Join(s.journal.Close(), disk.Remove(s.journal.Name()))
}

func journalFault(err error) error {
	if disk.TroubleOf(err) == disk.Full {
		return model.Fail(model.DiskFull, "The disk is full: the scans are not kept.").Because(err)
	}
	return model.Fail(model.Unwritable, "The scans cannot be kept: they would be lost in a crash.").Because(err)
}
