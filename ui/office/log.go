package office

import (
	"errors"
	"fmt"
	"io"
	stdlog "log"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"

	"github.com/sirupsen/logrus"
	"gopkg.in/natefinch/lumberjack.v2"
)

// OpenLog makes the program's log: a file that is rotated at 5 MB, and four old ones. What the standard log gets, Fyne's
// messages among it, goes there too; a crash leaves its trace in crash.log beside it. close ends it. Call it once, from main.
func OpenLog(path, level string) (log *logrus.Logger, close func(), err error) {
	at, err := logrus.ParseLevel(level)
	if err != nil {
		return nil, nil, fmt.Errorf("--log-level %s: choose debug, info, warn or error", level)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, nil, fmt.Errorf("the log folder cannot be made: %w", err)
	}
	file := &lumberjack.Logger{Filename: path, MaxSize: 5, MaxBackups: 4}
	log = logrus.New()
	log.SetLevel(at)
	log.SetOutput(file)
	log.SetFormatter(&logrus.TextFormatter{FullTimestamp: true, DisableColors: true})
	stdlog.SetFlags(0)
	stdlog.SetOutput(&toolkitLog{log: log})

	crash, err := openCrash(filepath.Join(filepath.Dir(path), "crash.log"), log)
	if err != nil {
		return nil, nil, errors.Join(err, file.Close())
	}
	return log, func() {
		_ = debug.SetCrashOutput(nil, debug.CrashOptions{})
		_ = crash.Close()
		stdlog.SetOutput(io.Discard)
		_ = file.Close()
	}, nil
}

// openCrash makes the runtime write its trace to path if the program crashes. The trace of an earlier crash is kept beside it.
func openCrash(path string, log *logrus.Logger) (*os.File, error) {
	if before, err := os.Stat(path); err == nil && before.Size() > 0 {
		kept := strings.TrimSuffix(path, ".log") + before.ModTime().Format("-2006-01-02-150405") + ".log"
		if err := os.Rename(path, kept); err == nil {
			log.WithField("trace", kept).Error("Consign crashed the last time")
		}
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, fmt.Errorf("the log folder cannot be written: %w", err)
	}
	if err := debug.SetCrashOutput(file, debug.CrashOptions{}); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

// toolkitLog writes what comes through the standard log to the program's. Fyne's errors come as two or three lines, the
// reason, the cause and the place (fyne.LogError), and become one entry.
type toolkitLog struct {
	log *logrus.Logger

	mu     sync.Mutex
	reason string
	cause  string
}

const (
	fyneReason = "Fyne error:  "
	fyneCause  = "  Cause: "
	fynePlace  = "  At: "
)

// Write takes one line, as the standard log writes it. Safe on any goroutine.
func (t *toolkitLog) Write(line []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	text := strings.TrimRight(string(line), "\n")
	switch {
	case strings.HasPrefix(text, fyneReason):
		t.reason, t.cause = strings.TrimPrefix(text, fyneReason), ""
	case t.reason != "" && strings.HasPrefix(text, fyneCause):
		t.cause = strings.TrimPrefix(text, fyneCause)
	case t.reason != "" && strings.HasPrefix(text, fynePlace):
		entry := t.log.WithFields(logrus.Fields{"cause": t.cause, "at": strings.TrimPrefix(text, fynePlace)})
		if harmless(t.reason) {
			entry.Debug(t.reason)
		} else {
			entry.Error(t.reason)
		}
		t.reason = ""
	default:
		t.log.Warn(text)
	}
	return len(line), nil
}

// harmless reports whether Fyne complains about something that nobody misses: the locale C, which is no language, and a
// desktop that does not tell when it turns dark.
func harmless(reason string) bool {
	return strings.Contains(reason, "user locale") || strings.Contains(reason, "watch theme settings")
}
