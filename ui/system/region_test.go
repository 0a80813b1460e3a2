package system

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPicturesOfDaysAreThoseOfTheSystem(t *testing.T) {
	for picture, want := range map[string]string{
		"dd.MM.yyyy": "02.01.2006", "d.M.yy": "2.1.2006", "M/d/yyyy": "1/2/2006", "yyyy-MM-dd": "2006-01-02", "d. M. yyyy": "2. 1. 2006",
		"dd/MM/yyyy 'г.'": "02/01/2006 г.", "\u200edd/MM/yyyy": "02/01/2006",
		"dd-MMM-yy": "", "dddd, d. MM yyyy": "", "MM.yyyy": "", "": "", "gg yyyy/M/d": "",
	} {
		require.Equal(t, want, dayLayout(picture, partsOfWindows), picture)
	}
	for picture, want := range map[string]string{
		"%d.%m.%Y\n": "02.01.2006", "%m/%d/%Y": "01/02/2006", "%Y년 %m월 %d일": "2006년 01월 02일", "%d/%m/%y": "02/01/2006", "%e.%m.%Y": "2.01.2006",
		"%d %b %Y": "", "%D": "", "": "",
	} {
		require.Equal(t, want, dayLayout(picture, partsOfPOSIX), picture)
	}
}
