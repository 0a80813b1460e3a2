package newupload

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2/lang"
	"github.com/stretchr/testify/require"

	"consign/ui/words"
)

func TestPageToPrintIsInTheLanguageThatIsSpoken(t *testing.T) {
	counts := lang.N
	t.Cleanup(func() {
		require.NoError(t, words.Speak(words.English))
		lang.N = counts // the other tests of the package have no plurals
	})
	for l, title := range map[words.Language]string{
		words.English: "Check scanner", "de": "Scanner prüfen", "pl": "Sprawdź czytnik", "fr": "Vérifier le lecteur",
		"ko": "Check scanner", // the font has no Hangul
	} {
		require.NoError(t, words.Speak(l))
		require.Equal(t, title, printable(pageTitle), l)
		path := filepath.Join(t.TempDir(), string(l)+".pdf")
		require.NoError(t, saveTestPage(path), l)
		content, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Contains(t, string(content), "/FontFile2", l) // the font is in it
	}
}
