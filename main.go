// Consign is the desk of an office that prepares devices for Samsung Knox, as a reseller, as an MSP or as both.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"

	"fyne.io/fyne/v2/app"

	"consign/assets"
	"consign/data/disk"
	"consign/ui/desk"
	"consign/ui/office"
	"consign/ui/page"
	"consign/ui/settings"
)

// The name under which the system keeps the user's choices, and the version; both as in FyneApp.toml.
const (
	appID   = "io.github.consign"
	version = "0.1.0"
)

// memoryLimit is from how many bytes on the garbage collector works harder: without it a list of a million lines, which needs 220 MB
// while it is read, would leave twice that.
const memoryLimit = 256 << 20

func main() {
	debug.SetMemoryLimit(memoryLimit)
	register := flag.String("register", "", "open the register at `PATH` instead of the one in the data folder")
	sample := flag.Bool("sample", false, "open the sample register")
	level := flag.String("log-level", "info", "write messages of this `LEVEL` and above: debug, info, warn or error")
	logFile := flag.String("log-file", "", "write the log to `PATH` instead of the log folder")
	showVersion := flag.Bool("version", false, "say the version and quit")
	flag.Parse()
	if *showVersion {
		fmt.Println("Consign", version)
		return
	}

	if *logFile == "" {
		*logFile = filepath.Join(office.LogFolder(), "consign.log")
	}
	log, closeLog, err := office.OpenLog(*logFile, *level)
	if err != nil {
		fmt.Fprintln(os.Stderr, "consign:", err)
		os.Exit(2)
	}
	defer closeLog()
	log.WithField("version", version).Info("Consign starts")

	if cache, err := os.UserCacheDir(); err == nil {
		_ = disk.MakeFolder(cache) // Fyne makes its folder in there, but not this one
	}
	application := app.NewWithID(appID)
	application.SetIcon(assets.Icon)
	choices := settings.Of(application)
	if err := settings.Speak(choices.Language()); err != nil {
		log.WithError(err).Error("loading the translations")
	}

	own, mustExist := filepath.Join(office.DataFolder(), "register.db"), false
	switch {
	case *register != "":
		own, mustExist = *register, true
	case choices.Register() != "":
		own, mustExist = choices.Register(), true
	}
	if absolute, err := filepath.Abs(own); err == nil {
		own = absolute
	}
	page.Native = true
	program := &office.Program{
		App: application, Window: application.NewWindow("Consign"), Log: log, LogFolder: filepath.Dir(*logFile), Version: version,
		Own: own, Sample: filepath.Join(filepath.Dir(own), "sample.db"),
	}
	program.Lay = func(o *office.Opened) office.Desk { return desk.New(program, o) }
	program.Start(*sample, mustExist)
	program.Window.ShowAndRun()
	log.Info("Consign ends")
}
