// Consign is the desk of an office that prepares devices for Samsung Knox, as a reseller, as an MSP or as both.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"time"

	"fyne.io/fyne/v2/app"
	"github.com/sirupsen/logrus"

	"consign/assets"
	"consign/data/disk"
	"consign/ui/control"
	"consign/ui/desk"
	"consign/ui/office"
	"consign/ui/page"
	"consign/ui/portalfile"
	"consign/ui/settings"
	"consign/ui/system"
	"consign/ui/words"
)

// The name under which the system keeps the user's choices, and the version; both as in FyneApp.toml.
const (
	appID   = "io.github.consign"
	version = "0.1.0"
)

// releases is the page where new versions appear. The linker sets it in packages (make RELEASES=…).
var releases string

// memoryLimit is from how many bytes on the garbage collector works harder: without it a list of a million lines, which needs 220 MB
// while it is read, would leave twice that.
const memoryLimit = 256 << 20

// startSpan is how long the garbage collector leaves a start alone: it fills the memory with fonts and words, of which all stay.
const startSpan = 2 * time.Second

// The codes with which the program ends, beside 0.
const (
	exitArguments = 2 // as package flag has it
	exitNoWindow  = 3
)

// arguments are what the program was started with.
type arguments struct {
	register, level, logFile string
	sample, software         bool
	files                    []string // device lists to open
}

func main() {
	debug.SetMemoryLimit(memoryLimit)
	collecting := debug.SetGCPercent(-1)
	time.AfterFunc(startSpan, func() {
		debug.SetGCPercent(collecting)
		debug.FreeOSMemory()
	})
	system.AttachConsole()
	a := read()
	log, closeLog, logFile := openLog(a)
	defer closeLog()
	log.WithField("version", office.Version(version)).Info("Consign starts")

	if cache, err := os.UserCacheDir(); err == nil {
		_ = disk.MakeFolder(cache) // Fyne makes its folder in there, but not this one
	}
	application := app.NewWithID(appID)
	application.SetIcon(assets.Icon)
	switch own := office.DataFolder(); {
	case office.IsPortable(): // language and look go with it, too
		application = system.KeepLocally(application, filepath.Join(own, "choices.json"))
	default: // Fyne's follow the user to other computers, on Windows, and a start beside an end may find them half written
		names := slices.Concat(settings.OfThisComputer, page.OfThisComputer, portalfile.OfThisComputer)
		application = system.KeepLocally(application, filepath.Join(own, "computer.json"), names...)
	}
	choices := settings.Of(application)
	if err := words.Speak(choices.Language()); err != nil {
		log.WithError(err).Error("loading the translations")
	}
	page.Native = true
	program := &office.Program{App: application, Log: log, LogFolder: filepath.Dir(logFile), Version: office.Version(version),
		Releases: releases}
	mustExist := locate(program, a, choices.Register())
	wanted := program.Own
	if a.sample {
		wanted = program.Sample
	}
	if system.HandOver(program.Meeting, wanted, a.files) {
		log.Info("the Consign that runs already goes on")
		return
	}

	err := system.PrepareToDraw(a.software)
	if err != nil && system.StartWithSoftware() {
		log.WithError(err).Warn("starting once more without graphics hardware")
		return
	}
	if err == nil {
		useRegion(choices.Language())
		program.Window = application.NewWindow("Consign")
		err = program.Show()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "consign:", err) // where there is no system to tell it
		program.TellNoWindow(err)
		closeLog()
		os.Exit(exitNoWindow)
	}
	program.Lay = func(o *office.Opened) office.Desk { return desk.New(program, o) }
	program.Take(a.files)
	program.Start(a.sample, mustExist)
	application.Run()
	log.Info("Consign ends")
	if program.StartsAgain() {
		if err := system.StartAgain(); err != nil {
			log.WithError(err).Error("starting again")
		}
	}
}

// useRegion has days and numbers written as the system's region does, unless the user chose another language than the system's: its words
// would be read with the order of day and month that they usually have.
func useRegion(chosen words.Language) {
	if !chosen.IsTheSystems() {
		return
	}
	day, numbers := system.Formats()
	control.UseRegion(control.Region{Day: day, Numbers: numbers})
}

// read reads the arguments, and ends the program where they are all that is wanted or make no sense.
func read() arguments {
	var a arguments
	flags := flag.NewFlagSet("consign", flag.ContinueOnError)
	flags.Usage = func() {
		fmt.Fprintln(flags.Output(), "consign [flags] [device lists to open]")
		flags.PrintDefaults()
	}
	flags.StringVar(&a.register, "register", "", "open the register at `PATH` instead of the one in the data folder")
	flags.BoolVar(&a.sample, "sample", false, "open the sample register")
	flags.StringVar(&a.level, "log-level", "info", "write messages of this `LEVEL` and above: debug, info, warn or error")
	flags.StringVar(&a.logFile, "log-file", "", "write the log to `PATH` instead of the log folder")
	flags.BoolVar(&a.software, system.Software, false, "draw without graphics hardware")
	showVersion := flags.Bool("version", false, "say the version and quit")
	switch err := flags.Parse(os.Args[1:]); {
	case errors.Is(err, flag.ErrHelp):
		os.Exit(0)
	case err != nil:
		os.Exit(exitArguments)
	case *showVersion:
		fmt.Println("Consign", office.Version(version))
		os.Exit(0)
	}
	for _, file := range flags.Args() {
		if absolute, err := filepath.Abs(file); err == nil {
			file = absolute
		}
		a.files = append(a.files, file)
	}
	return a
}

// openLog opens the log that is wanted. Where it cannot be written the program goes on with one among the temporary files, or none.
func openLog(a arguments) (log *logrus.Logger, closeLog func(), path string) {
	path = a.logFile
	if path == "" {
		path = filepath.Join(office.LogFolder(), "consign.log")
	}
	if _, err := logrus.ParseLevel(a.level); err != nil {
		fmt.Fprintf(os.Stderr, "consign: --log-level %s: choose debug, info, warn or error\n", a.level)
		os.Exit(exitArguments)
	}
	log, closeLog, err := office.OpenLog(path, a.level)
	if err == nil {
		return log, closeLog, path
	}
	fmt.Fprintln(os.Stderr, "consign:", err)
	path = filepath.Join(os.TempDir(), "consign", "consign.log")
	if log, closeLog, instead := office.OpenLog(path, a.level); instead == nil {
		log.WithError(err).Warn("the log is not in its folder")
		return log, closeLog, path
	}
	log = logrus.New() // to the console
	return log, func() {}, path
}

// locate says where the registers are, and reports whether the office's own must be there already.
func locate(p *office.Program, a arguments, chosen string) (mustExist bool) {
	own := filepath.Join(office.DataFolder(), "register.db")
	switch {
	case a.register != "":
		own, mustExist = a.register, true
	case chosen != "":
		own, mustExist = chosen, true
	}
	if absolute, err := filepath.Abs(own); err == nil {
		own = absolute
	}
	p.Own, p.Sample = own, filepath.Join(filepath.Dir(own), "sample.db")
	p.Meeting = filepath.Join(office.DataFolder(), "running")
	return mustExist
}
