package desk

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"
)

func TestEveryMenuHasALetterOfItsOwn(t *testing.T) {
	require.Equal(t, []fyne.KeyName{"F", "E", "V", "G", "H"}, menuLetters([]string{"File", "Edit", "View", "Go", "Help"}))
	require.Equal(t, []fyne.KeyName{"D", "B", "A", "G", "H"}, menuLetters([]string{"Datei", "Bearbeiten", "Ansicht", "Gehe zu", "Hilfe"}))
	require.Equal(t, []fyne.KeyName{"P", "R", ""}, menuLetters([]string{"Plik", "Przejdź", "파일"}), "the next letter, and none")
}
