package system

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"fyne.io/fyne/v2"

	"consign/data/disk"
)

// KeepLocally makes an app keep some of its preferences in a file of this computer: Fyne's own roam on Windows, and a path of one computer
// means nothing on another. Texts and lists of texts that stand in Fyne's are taken over once. Without names all are kept so and none is
// taken over: a portable program finds its choices on every computer, and leaves none there.
func KeepLocally(app fyne.App, path string, names ...string) fyne.App {
	kept := &localPreferences{Preferences: app.Preferences(), path: path, names: names, values: map[string]json.RawMessage{}}
	if text, err := os.ReadFile(path); err == nil {
		_ = json.Unmarshal(text, &kept.values) // what cannot be read is chosen again
	}
	for _, name := range names {
		if list := kept.Preferences.StringList(name); len(list) > 0 {
			take(kept, name, list)
		} else if text := kept.Preferences.String(name); text != "" {
			take(kept, name, text)
		}
	}
	local := &localApp{App: app, kept: kept}
	fyne.SetCurrentApp(local)
	return local
}

type localApp struct {
	fyne.App
	kept *localPreferences
}

// Preferences implements fyne.App.
func (a *localApp) Preferences() fyne.Preferences { return a.kept }

// localPreferences keeps some names, or all, in a file: yes and no, numbers, texts and lists of texts. Safe on any goroutine.
type localPreferences struct {
	fyne.Preferences
	path  string
	names []string // none: all

	mu     sync.Mutex
	values map[string]json.RawMessage
}

func (p *localPreferences) keeps(name string) bool {
	return len(p.names) == 0 || slices.Contains(p.names, name)
}

// take keeps what stands in Fyne's preferences, unless something is kept already.
func take[T any](p *localPreferences, name string, value T) {
	if _, here := p.values[name]; !here {
		set(p, name, value, nil)
	}
	p.Preferences.RemoveValue(name)
}

// get is the value of a name, by Fyne where it is not kept here.
func get[T any](p *localPreferences, name string, fallback T, byFyne func(string, T) T) T {
	if !p.keeps(name) {
		return byFyne(name, fallback)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	var value T
	if text, here := p.values[name]; here && json.Unmarshal(text, &value) == nil {
		return value
	}
	return fallback
}

// set keeps the value of a name, by Fyne where it is not kept here.
func set[T any](p *localPreferences, name string, value T, byFyne func(string, T)) {
	if !p.keeps(name) {
		byFyne(name, value)
		return
	}
	text, err := json.Marshal(value)
	if err != nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.values[name] = text
	p.write()
}

func (p *localPreferences) write() {
	text, err := json.MarshalIndent(p.values, "", "  ")
	if err != nil || disk.MakeFolder(filepath.Dir(p.path)) != nil {
		return
	}
	_ = disk.WriteFile(p.path, text, disk.Private) // it is a choice of this run at least
}

// RemoveValue implements fyne.Preferences.
func (p *localPreferences) RemoveValue(name string) {
	if !p.keeps(name) {
		p.Preferences.RemoveValue(name)
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.values, name)
	p.write()
}

// Bool implements fyne.Preferences.
func (p *localPreferences) Bool(name string) bool { return p.BoolWithFallback(name, false) }

// BoolWithFallback implements fyne.Preferences.
func (p *localPreferences) BoolWithFallback(name string, fallback bool) bool {
	return get(p, name, fallback, p.Preferences.BoolWithFallback)
}

// SetBool implements fyne.Preferences.
func (p *localPreferences) SetBool(name string, value bool) {
	set(p, name, value, p.Preferences.SetBool)
}

// Float implements fyne.Preferences.
func (p *localPreferences) Float(name string) float64 { return p.FloatWithFallback(name, 0) }

// FloatWithFallback implements fyne.Preferences.
func (p *localPreferences) FloatWithFallback(name string, fallback float64) float64 {
	return get(p, name, fallback, p.Preferences.FloatWithFallback)
}

// SetFloat implements fyne.Preferences.
func (p *localPreferences) SetFloat(name string, value float64) {
	set(p, name, value, p.Preferences.SetFloat)
}

// Int implements fyne.Preferences.
func (p *localPreferences) Int(name string) int { return p.IntWithFallback(name, 0) }

// IntWithFallback implements fyne.Preferences.
func (p *localPreferences) IntWithFallback(name string, fallback int) int {
	return get(p, name, fallback, p.Preferences.IntWithFallback)
}

// SetInt implements fyne.Preferences.
func (p *localPreferences) SetInt(name string, value int) { set(p, name, value, p.Preferences.SetInt) }

// String implements fyne.Preferences.
func (p *localPreferences) String(name string) string { return p.StringWithFallback(name, "") }

// StringWithFallback implements fyne.Preferences.
func (p *localPreferences) StringWithFallback(name string, fallback string) string {
	return get(p, name, fallback, p.Preferences.StringWithFallback)
}

// SetString implements fyne.Preferences.
func (p *localPreferences) SetString(name string, value string) {
	set(p, name, value, p.Preferences.SetString)
}

// StringList implements fyne.Preferences.
func (p *localPreferences) StringList(name string) []string {
	return p.StringListWithFallback(name, nil)
}

// StringListWithFallback implements fyne.Preferences.
func (p *localPreferences) StringListWithFallback(name string, fallback []string) []string {
	return get(p, name, fallback, p.Preferences.StringListWithFallback)
}

// SetStringList implements fyne.Preferences.
func (p *localPreferences) SetStringList(name string, value []string) {
	set(p, name, value, p.Preferences.SetStringList)
}
