package page_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"consign/model"
	"consign/ui/page"
	"consign/ui/uitest"
	"consign/ui/words"
)

func TestDeletionOfOneDeviceSpeaksOfOne(t *testing.T) {
	uitest.NewOffice(t)
	require.NoError(t, words.Speak(words.English))
	for _, by := range []model.View{model.As(model.Reseller, 1), model.As(model.MSP, 1)} {
		require.Regexp(t, "^It goes from .* The same device can be", page.Deletion(by, 1))
		require.Regexp(t, "^They go from .* The same devices can be", page.Deletion(by, 2))
	}
}
