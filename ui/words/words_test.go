package words

import (
	"bytes"
	"log"
	"testing"

	"fyne.io/fyne/v2/lang"
	"github.com/stretchr/testify/require"
)

func TestEveryFileOfWordsIsALanguageThatCanBeChosen(t *testing.T) {
	require.Equal(t, []Language{English, "de", "es", "fr", "it", "ko", "nl", "pl"}, Languages())
	for l, name := range map[Language]string{"de": "Deutsch", "fr": "français", "ko": "한국어", "pl": "polski", English: "English"} {
		require.Equal(t, name, l.Name())
	}
}

// quietSystem makes the system speak a language, and holds what is logged meanwhile against silence.
func quietSystem(t *testing.T, locale string) {
	t.Helper()
	var said bytes.Buffer
	before := log.Writer()
	log.SetOutput(&said)
	t.Cleanup(func() {
		log.SetOutput(before)
		require.Empty(t, said.String())
	})
	t.Setenv("LC_ALL", locale)
	t.Setenv("LANG", locale)
}

func TestSystemThatSpeaksAnotherLanguageGetsEnglishWithoutComplaint(t *testing.T) {
	for _, system := range []string{"ja_JP.UTF-8", "ar_EG.UTF-8", "cs_CZ.UTF-8"} {
		t.Run(system, func(t *testing.T) {
			quietSystem(t, system)
			require.NoError(t, Speak(System))
			require.Equal(t, "Acting as", lang.L("Acting as"))
			require.Equal(t, "1 device", devices(1))
			for _, n := range []int{0, 2, 5, 12, 1_000_000} {
				require.Contains(t, devices(n), "devices")
			}
		})
	}
}

func TestSystemIsSpokenTo(t *testing.T) {
	for system, want := range map[string]string{
		"de_AT.UTF-8": "Abbrechen", "fr_CA.UTF-8": "Annuler", "es_MX.UTF-8": "Cancelar", "ko_KR.UTF-8": "취소", "nl_BE.UTF-8": "Annuleren",
	} {
		t.Run(system, func(t *testing.T) {
			quietSystem(t, system)
			require.NoError(t, Speak(System))
			require.Equal(t, want, lang.L("Cancel"))
		})
	}
}

// devices counts devices in the language that is spoken.
func devices(n int) string { return lang.N("{{.Count}} devices", n, map[string]any{"Count": n}) }

func TestLanguageCountsByItsOwnRulesOnEverySystem(t *testing.T) {
	counts := map[Language]map[int]string{
		English: {0: "0 devices", 1: "1 device", 2: "2 devices", 21: "21 devices"},
		"de":    {0: "0 Geräte", 1: "1 Gerät", 21: "21 Geräte"},
		"fr":    {0: "0 appareil", 1: "1 appareil", 2: "2 appareils", 1_000_000: "1000000 d’appareils"},
		"es":    {0: "0 dispositivos", 1: "1 dispositivo", 2_000_000: "2000000 de dispositivos"},
		"it":    {0: "0 dispositivi", 1: "1 dispositivo", 1_000_000: "1000000 di dispositivi"},
		"nl":    {0: "0 apparaten", 1: "1 apparaat", 2: "2 apparaten"},
		"pl": {0: "0 urządzeń", 1: "1 urządzenie", 2: "2 urządzenia", 5: "5 urządzeń", 12: "12 urządzeń", 21: "21 urządzeń",
			22: "22 urządzenia"},
		"ko": {0: "기기 0대", 1: "기기 1대", 2: "기기 2대"},
	}
	for _, system := range []string{"en_US.UTF-8", "de_DE.UTF-8", "pl_PL.UTF-8", "ko_KR.UTF-8", "ar_EG.UTF-8"} {
		for _, l := range Languages() {
			t.Run(system+" "+string(l), func(t *testing.T) {
				quietSystem(t, system)
				require.NoError(t, Speak(l))
				require.NotEmpty(t, counts[l])
				for n, want := range counts[l] {
					require.Equal(t, want, devices(n))
				}
			})
		}
	}
}

func TestPlacesInSentencesAreFilled(t *testing.T) {
	quietSystem(t, "en_US.UTF-8")
	require.NoError(t, Speak("de"))
	require.Equal(t, "3 von 1.000", lang.L("{{.Done}} of {{.Total}}", map[string]any{"Done": 3, "Total": "1.000"}))
	require.Equal(t, "Abbrechen", lang.L("Cancel", map[string]any{"Done": 3}))
	require.Equal(t, "Nobody translates 3", lang.L("Nobody translates {{.Count}}", map[string]any{"Count": 3}), "Fyne's words stay Fyne's")
	require.Equal(t, "a {{.B}} c", fill("a {{.B}} c", nil), "a sentence without its values shows what is missing")
	require.Equal(t, "{{.B}} & 1", fill("{{.A}} & {{.B}}", []any{map[string]any{"A": "{{.B}}", "B": 1}}), "what is filled in is no place")
}
