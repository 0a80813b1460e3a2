// Package settings holds what a user chooses, typed, and the pages where they choose it.
package settings

import (
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"

	"consign/data"
	"consign/ui/look"
	"consign/ui/system"
	"consign/ui/words"
)

// The names under which the preferences keep the choices.
const (
	keyBrightness = "look.brightness"
	keyScale      = "look.scale"
	keyLanguage   = "language"
	keyRegister   = "register.path"
	keyWidth      = "window.width"
	keyHeight     = "window.height"
	keyX          = "window.x"
	keyY          = "window.y"
	keyPlaced     = "window.placed"
	keyMaximised  = "window.maximised"
	keyBackups    = "backups.folder"
	keySecond     = "backups.second"
	keyPerson     = "person"
	keyPlaces     = "register.places.told"
)

// OfThisComputer are the names of the choices that mean nothing on another computer: its paths, and where the window is on its screens.
var OfThisComputer = []string{keyRegister, keyBackups, keySecond, keyPlaces, keyWidth, keyHeight, keyX, keyY, keyPlaced, keyMaximised}

// Choices are what the user of this computer chose. They live in Fyne's preferences and not in the register.
type Choices struct{ kept fyne.Preferences }

// Of are the choices of the user of an app. Safe on any goroutine.
func Of(app fyne.App) Choices { return Choices{app.Preferences()} }

// Brightness is light, dark, or what the system says.
func (c Choices) Brightness() look.Brightness {
	switch b := look.Brightness(c.kept.String(keyBrightness)); b {
	case look.Light, look.Dark:
		return b
	}
	return look.FollowSystem
}

// SetBrightness keeps the choice of light or dark.
func (c Choices) SetBrightness(b look.Brightness) { c.kept.SetString(keyBrightness, string(b)) }

// Scale is the size of everything in percent (see look.Scales).
func (c Choices) Scale() int {
	const tenth = 10 // Consign 0.1.0 offered 75, 125 and 175, which Fyne showed as the next tenth
	return (c.kept.IntWithFallback(keyScale, 100) + tenth/2) / tenth * tenth
}

// SetScale keeps the size in percent.
func (c Choices) SetScale(percent int) { c.kept.SetInt(keyScale, percent) }

// Language is the chosen language.
func (c Choices) Language() words.Language {
	if l := words.Language(c.kept.String(keyLanguage)); slices.Contains(words.Languages(), l) {
		return l
	}
	return words.System
}

// SetLanguage keeps the language, which takes effect at the next start.
func (c Choices) SetLanguage(l words.Language) { c.kept.SetString(keyLanguage, string(l)) }

// Register is the path of the register that was opened instead of the one in the user's data folder, or "".
func (c Choices) Register() string { return c.kept.String(keyRegister) }

// SetRegister keeps the path of the office's own register.
func (c Choices) SetRegister(path string) { c.kept.SetString(keyRegister, path) }

// Keeping is where the automatic backups of the register at path go: the folder that was chosen, else "backups" beside the register.
func (c Choices) Keeping(path string) data.Keeping {
	return data.Keeping{
		Folder: c.kept.StringWithFallback(keyBackups, filepath.Join(filepath.Dir(path), "backups")),
		Second: c.kept.String(keySecond),
	}
}

// SetBackups keeps the folder of automatic backups.
func (c Choices) SetBackups(folder string) { c.kept.SetString(keyBackups, folder) }

// SetSecondBackups keeps the second folder of automatic backups, "" for none.
func (c Choices) SetSecondBackups(folder string) { c.kept.SetString(keySecond, folder) }

// TellPlace reports whether people are to be told in what kind of folder the register at path lies: once for each register.
func (c Choices) TellPlace(path string) bool {
	told := c.kept.StringList(keyPlaces)
	if slices.Contains(told, path) {
		return false
	}
	c.kept.SetStringList(keyPlaces, append(told, path))
	return true
}

// WindowSize is the size that the window had last, at least what every page needs.
func (c Choices) WindowSize() fyne.Size {
	return fyne.NewSize(
		float32(max(c.kept.FloatWithFallback(keyWidth, 1280), 640)),
		float32(max(c.kept.FloatWithFallback(keyHeight, 800), 480)))
}

// WindowStand is how the window stood last.
func (c Choices) WindowStand() system.Stand {
	return system.Stand{X: c.kept.Int(keyX), Y: c.kept.Int(keyY), Placed: c.kept.Bool(keyPlaced), Maximised: c.kept.Bool(keyMaximised)}
}

// SetWindow keeps how the window stands and its size. Of a window that is maximised those from before stay, of one that is minimised all.
func (c Choices) SetWindow(s system.Stand, size fyne.Size) {
	if s.Minimised {
		return
	}
	c.kept.SetBool(keyMaximised, s.Maximised)
	if s.Maximised {
		return
	}
	c.kept.SetFloat(keyWidth, float64(size.Width))
	c.kept.SetFloat(keyHeight, float64(size.Height))
	c.kept.SetBool(keyPlaced, s.Placed)
	c.kept.SetInt(keyX, s.X)
	c.kept.SetInt(keyY, s.Y)
}
