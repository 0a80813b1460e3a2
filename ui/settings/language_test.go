package settings

import (
	"bytes"
	"log"
	"testing"

	"fyne.io/fyne/v2/lang"
	"github.com/stretchr/testify/require"
)

func TestEveryFileOfWordsIsALanguageThatCanBeChosen(t *testing.T) {
	require.Equal(t, []Language{English, "de"}, Languages())
	require.Equal(t, "Deutsch", Language("de").Name())
	require.Equal(t, "English", English.Name())
}

func TestSystemThatSpeaksAnotherLanguageGetsEnglishWithoutComplaint(t *testing.T) {
	var said bytes.Buffer
	before := log.Writer()
	log.SetOutput(&said)
	t.Cleanup(func() { log.SetOutput(before) })
	for _, system := range []string{"fr_FR.UTF-8", "pl_PL.UTF-8", "ja_JP.UTF-8", "ar_EG.UTF-8"} {
		t.Setenv("LC_ALL", system)
		t.Setenv("LANG", system)
		require.NoError(t, Speak(SystemLanguage))
		require.Equal(t, "Acting as", lang.L("Acting as"), system)
		for _, n := range []int{0, 1, 2, 5, 12, 1_000_000} {
			text := lang.N("{{.Count}} devices", n, map[string]any{"Count": n})
			require.Contains(t, text, "device", system)
			if n != 1 {
				require.Contains(t, text, "devices", system)
			}
		}
	}
	require.Empty(t, said.String())
	t.Setenv("LC_ALL", "de_AT.UTF-8")
	require.NoError(t, Speak(SystemLanguage))
	require.Equal(t, "Handeln als", lang.L("Acting as"))
}
