package docs_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"consign/data"
)

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(text)
}

func TestPackagesSpeakEveryLanguageOfTheProgram(t *testing.T) {
	files, err := filepath.Glob("assets/translations/*.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	installer, bundle := read(t, "packaging/windows/consign.nsi"), read(t, "packaging/macos/Info.plist")
	entry, about := read(t, "packaging/linux/consign.desktop"), read(t, "packaging/linux/io.github.consign.metainfo.xml")
	kind := read(t, "packaging/linux/io.github.consign.xml")
	sentences := regexp.MustCompile(`\nLangString (\w+) \$\{LANG_ENGLISH\}`).FindAllStringSubmatch(installer, -1)
	require.NotEmpty(t, sentences)
	for _, file := range files {
		code := strings.TrimSuffix(filepath.Base(file), ".json")
		tag := language.MustParse(code)
		require.Contains(t, bundle, "<string>"+code+"</string>")
		if code != "en" {
			require.Contains(t, kind, `<comment xml:lang="`+code+`">`)
			require.Contains(t, entry, "\nGenericName["+code+"]=")
			require.Contains(t, about, `<summary xml:lang="`+code+`">`)
		}
		name := strings.Fields(display.English.Tags().Name(tag))[0] // NSIS calls its languages so
		require.Contains(t, installer, `MUI_LANGUAGE "`+name+`"`)
		for _, s := range sentences {
			require.Contains(t, installer, "LangString "+s[1]+" ${LANG_"+strings.ToUpper(name)+"}")
		}
	}
}

func TestPackagesTakeVersionAndNameFromFyneApp(t *testing.T) {
	version := regexp.MustCompile(`\b\d+\.\d+\.\d+\b`)
	for _, path := range []string{"packaging/packages.mk", "packaging/windows/consign.rc", "packaging/windows/consign.nsi",
		"packaging/windows/consign.wxs", "packaging/linux/control", "packaging/linux/io.github.consign.metainfo.xml",
		"packaging/macos/Info.plist"} {
		for _, found := range version.FindAllString(read(t, path), -1) {
			require.NotEqual(t, "0.1.0", found, "%s has a version of its own", path)
		}
	}
	icon := read(t, "packaging/linux/consign.desktop")
	require.Contains(t, read(t, "FyneApp.toml"), `ID = "`+regexp.MustCompile(`Icon=(.+)`).FindStringSubmatch(icon)[1]+`"`)
}

func TestDesktopsOpenAnInvitationWithConsign(t *testing.T) {
	kind := read(t, "packaging/linux/io.github.consign.xml")
	require.Contains(t, kind, `<glob pattern="*`+data.InvitationEnding+`"/>`)
	named := regexp.MustCompile(`<mime-type type="(.+)">`).FindStringSubmatch(kind)[1]
	entry := read(t, "packaging/linux/consign.desktop")
	require.Regexp(t, `(?m)^MimeType=(.+;)?`+regexp.QuoteMeta(named)+`;`, entry)
	require.Regexp(t, `(?m)^Exec=consign %F$`, entry)
	require.Contains(t, read(t, "packaging/linux/io.github.consign.metainfo.xml"), "<mediatype>"+named+"</mediatype>")
	require.Contains(t, read(t, "packaging/linux/install"), "share/mime/packages/io.github.consign.xml")
	require.Contains(t, read(t, "packaging/packages.mk"), "packaging/linux/$(APP_ID).xml")
}

func TestScriptsOfPackagesCanBeRead(t *testing.T) {
	for _, script := range []string{"windows/look", "windows/sign", "windows/test", "windows/wine", "linux/install", "linux/look",
		"macos/package", "winget/manifest", "sbom"} {
		path := filepath.Join("packaging", filepath.FromSlash(script))
		if _, err := exec.LookPath("bash"); err == nil {
			out, err := exec.Command("bash", "-n", path).CombinedOutput()
			require.NoError(t, err, string(out))
		}
		require.True(t, strings.HasPrefix(read(t, path), "#!/bin/"), path)
	}
}
