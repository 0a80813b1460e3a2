package portal

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"consign/data/disk/disktest"
)

// saves are a file of one part, and one of three.
var saves = []disktest.Work{saveOf("portal file", 2_000, 1), saveOf("portal files of three parts", 2*mostOfKnox+1, 3)}

func TestMain(m *testing.M) {
	disktest.Main(saves...)
	os.Exit(m.Run())
}

func saveOf(name string, most, parts int) disktest.Work {
	batch := Batch{CustomerID: "4600001586", CompanyName: "Contoso", Devices: devices(most)}
	return disktest.Work{
		Name:  name,
		Ready: func(testing.TB, string) {},
		Do: func(folder string) error {
			_, err := Save(context.Background(), folder, Delete, KnoxList, []Batch{batch}, Settings{})
			return err
		},
		// New are all parts of a set. A killed process may leave some of them, each whole and with "2-of-3" in its name.
		State: func(t testing.TB, folder, when string) disktest.State {
			files, err := filepath.Glob(filepath.Join(folder, "delete_*.csv"))
			require.NoError(t, err)
			sets := map[bool]int{} // by whether it is saved again
			for _, path := range files {
				text, err := os.ReadFile(path)
				require.NoError(t, err)
				part := 0
				if parts > 1 {
					_, numbers, _ := strings.Cut(path, "1586")
					_, numbers, _ = strings.Cut(numbers[strings.LastIndex(numbers, "_"):], "_")
					_, err := fmt.Sscanf(numbers, "%d-of-3", &part)
					require.NoError(t, err, path)
					part--
				}
				require.Equal(t, min(mostOfKnox, most-part*mostOfKnox), strings.Count(string(text), "\r\n"), "%s: %s", when, path)
				sets[strings.Contains(path, "again")]++
			}
			for _, n := range sets {
				if n == parts {
					return disktest.New
				}
			}
			return disktest.Old
		},
	}
}

func TestPortalFileIsWholeOrNotThereWhateverCallMeetsTrouble(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a process for each call")
	}
	disktest.Table(t, saves...)
}
