package settings

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"consign/model"
	"consign/ui/uitest"
)

func TestAliasesAreSavedOnceSomethingIsChanged(t *testing.T) {
	d, _, _ := registerPageIn(t, personsPage)
	save := func() fyne.Disableable { return uitest.FindButton(d.Window(), "Save").(fyne.Disableable) }
	require.True(t, save().Disabled())
	uitest.Type(t, d.Window(), "KC profiles", "Warehouse\n\n")
	require.False(t, save().Disabled())

	require.NoError(t, d.Register().Settings().SetAliases(t.Context(), model.Aliases{Enrollments: []string{"Drivers"}}))
	require.True(t, uitest.Shows(d.Window(), "Warehouse"), "what is being written stays when another desk saves")
	uitest.Tap(t, d.Window(), "Save")
	require.Equal(t, []string{"The aliases are saved."}, d.Said)
	require.True(t, save().Disabled())
	saved, err := d.Register().Settings().Aliases(t.Context())
	require.NoError(t, err)
	require.Equal(t, []string{"Warehouse"}, saved.KCProfiles)
	require.Equal(t, []string{"Drivers"}, saved.Enrollments, "what that desk saved stays, too")
}
