// Package assets holds what is built into the program: its icon and its words.
package assets

import (
	"embed"

	"fyne.io/fyne/v2"
)

// Translations holds a file for each language, translations/en.json and so on: the English sentence is the key.
//
//go:embed translations/*.json
var Translations embed.FS

//go:embed icon.png
var icon []byte

// Icon is the program's icon, 512 × 512.
var Icon fyne.Resource = fyne.NewStaticResource("icon.png", icon)
