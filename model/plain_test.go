package model

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestPlainTextKeepsWhatCanBeSeen(t *testing.T) {
	for text, want := range map[string]string{
		" Galaxy\u00a0S23\t\n":                    "Galaxy S23",
		"a\x00b\x7f\u009f\ufeff\u200b":            "ab",
		"\xffx":                                   "\ufffdx",
		"=cmd|' /C calc'!A0":                      "=cmd|' /C calc'!A0",
		"שלום \U0001F600 갤럭시":                     "שלום \U0001F600 갤럭시",
		strings.Repeat("\U0001F600", LongestText): strings.Repeat("\U0001F600", LongestText/2),
		strings.Repeat("x", LongestText+1):        strings.Repeat("x", LongestText),
	} {
		require.Equal(t, want, PlainText(text))
	}
}

func TestPlainTextStaysAsItIs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := PlainText(string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")) + rapid.String().Draw(t, "text"))
		require.True(t, utf8.ValidString(text))
		require.Equal(t, text, PlainText(text))
	})
}
