package office

import "runtime/debug"

// commit is what the program was built from, where the linker says so: in packages.
var commit string

// Version adds to a version the commit that the program was built from, as far as it is known: "0.1.0 (1a2b3c4d5e6f)".
func Version(number string) string {
	if commit != "" {
		return number + " (" + commit + ")"
	}
	build, ok := debug.ReadBuildInfo()
	if !ok {
		return number
	}
	of, changed := "", ""
	for _, s := range build.Settings {
		switch {
		case s.Key == "vcs.revision":
			of = s.Value[:min(12, len(s.Value))]
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = ", changed"
		}
	}
	if of == "" {
		return number
	}
	return number + " (" + of + changed + ")"
}
