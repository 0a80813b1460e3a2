//go:build !linux && !windows && !darwin

package sqlite

// networkOf is the way to the other computer whose folder path is in: not known here.
func networkOf(string) string { return "" }
