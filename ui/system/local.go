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
// means nothing on another. What stood in Fyne's is taken over once. Only texts and lists of texts can be kept so.
func KeepLocally(app fyne.App, path string, names ...string) fyne.App {
	kept := &localPreferences{Preferences: app.Preferences(), path: path, names: names, lists: map[string][]string{}}
	if text, err := os.ReadFile(path); err == nil {
		_ = json.Unmarshal(text, &kept.lists) // what cannot be read is chosen again
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

// localPreferences keeps some names in a file. Safe on any goroutine.
type localPreferences struct {
	fyne.Preferences
	path  string
	names []string

	mu    sync.Mutex
	lists map[string][]string // one text is a list of one
}

func (p *localPreferences) get(name string) (list []string, here bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	list, here = p.lists[name]
	return list, here
}

func (p *localPreferences) set(name string, list []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.lists[name] = list
	p.Preferences.RemoveValue(name)
	text, err := json.MarshalIndent(p.lists, "", "  ")
	if err != nil || disk.MakeFolder(filepath.Dir(p.path)) != nil {
		return
	}
	_ = disk.WriteFile(p.path, text, disk.Private) // it is a choice of this run at least
}

// String implements fyne.Preferences.
func (p *localPreferences) String(name string) string { return p.StringWithFallback(name, "") }

// StringWithFallback implements fyne.Preferences.
func (p *localPreferences) StringWithFallback(name, fallback string) string {
	if !slices.Contains(p.names, name) {
		return p.Preferences.StringWithFallback(name, fallback)
	}
	if list, here := p.get(name); here && len(list) == 1 {
		return list[0]
	}
	roaming := p.Preferences.StringWithFallback(name, "")
	if roaming == "" {
		return fallback
	}
	p.set(name, []string{roaming})
	return roaming
}

// SetString implements fyne.Preferences.
func (p *localPreferences) SetString(name, value string) {
	if !slices.Contains(p.names, name) {
		p.Preferences.SetString(name, value)
		return
	}
	p.set(name, []string{value})
}

// StringList implements fyne.Preferences.
func (p *localPreferences) StringList(name string) []string {
	return p.StringListWithFallback(name, nil)
}

// StringListWithFallback implements fyne.Preferences.
func (p *localPreferences) StringListWithFallback(name string, fallback []string) []string {
	if !slices.Contains(p.names, name) {
		return p.Preferences.StringListWithFallback(name, fallback)
	}
	if list, here := p.get(name); here {
		return list
	}
	return p.Preferences.StringListWithFallback(name, fallback)
}

// SetStringList implements fyne.Preferences.
func (p *localPreferences) SetStringList(name string, list []string) {
	if !slices.Contains(p.names, name) {
		p.Preferences.SetStringList(name, list)
		return
	}
	p.set(name, list)
}
