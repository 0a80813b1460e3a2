package office

import "runtime/debug"

// Version adds to a version the commit that the program was built from, as far as it is known: "0.1.0 (1a2b3c4d5e6f)".
func Version(number string) string {
	build, ok := debug.ReadBuildInfo()
	if !ok {
		return number
	}
	commit, changed := "", ""
	for _, s := range build.Settings {
		switch {
		case s.Key == "vcs.revision":
			commit = s.Value[:min(12, len(s.Value))]
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = ", changed"
		}
	}
	if commit == "" {
		return number
	}
	return number + " (" + commit + changed + ")"
}
