package office

import (
	"errors"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"consign/ui/system"
	"consign/ui/words"
)

func TestMessageWithoutAWindowSaysWhyAndWhatHelps(t *testing.T) {
	t.Cleanup(test.NewTempApp(t).Quit)
	require.NoError(t, words.Speak("en"))
	text, button := noWindow(&system.NoOpenGL{Version: "1.1.0", Renderer: "GDI Generic"})
	for _, part := range []string{"OpenGL 1.1.0", "needs 2.1", "remote desktop", "Compatibility Pack", "driver", "Nothing was changed."} {
		require.Contains(t, text, part)
	}
	require.Equal(t, "Open Store", button)
	require.Less(t, len(button), 12, "a button of a message of Windows holds no more")

	text, button = noWindow(&system.NoOpenGL{Cause: errors.New("no pixel format")})
	require.Contains(t, text, "Windows has no OpenGL here")
	require.NotEmpty(t, button)

	text, button = noWindow(errNoWindow)
	require.Contains(t, text, "no screen that Consign can use")
	require.Empty(t, button, "the Store has nothing for it")
}

func TestMessageWithoutAWindowIsInTheUsersLanguage(t *testing.T) {
	t.Cleanup(test.NewTempApp(t).Quit)
	require.NoError(t, words.Speak("de"))
	t.Cleanup(func() { require.NoError(t, words.Speak("en")) })
	text, button := noWindow(&system.NoOpenGL{Version: "1.1.0"})
	require.Contains(t, text, "Windows hat hier OpenGL 1.1.0")
	require.Equal(t, "Zum Store", button)
}

// screenless is a window where there is no screen: Fyne's driver panics in Show.
type screenless struct{ fyne.Window }

func (screenless) Show() { panic("NotInitialized: The GLFW library is not initialized") }

func TestWindowThatCannotBeMadeIsAnErrorAndNoCrash(t *testing.T) {
	t.Cleanup(test.NewTempApp(t).Quit)
	require.ErrorIs(t, show(screenless{test.NewWindow(nil)}), errNoWindow)
	require.NoError(t, show(test.NewWindow(nil)))
}
