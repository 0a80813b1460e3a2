package portal

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestOrderNumbersAreCleanedInTheBulkFileAndNowhereElse(t *testing.T) {
	batch := Batch{CustomerID: "1", CompanyName: "Contoso"}
	for i, number := range []string{"PO-2026/118", "4711", "PO-1/23", "PO-12/3", "", "PO-München-0"} {
		batch.Devices = append(batch.Devices, Device{devices(6)[i].Identifier, number, time.Time{}})
	}
	orders := OrdersOf([]Batch{batch, batch})
	require.Equal(t, []string{"PO-2026/118", "PO-1/23", "PO-12/3", "PO-München-0"}, orders.Cleaned)
	require.Equal(t, [][]string{{"PO-1/23", "PO-12/3"}}, orders.Same)

	paths, err := Save(context.Background(), t.TempDir(), Upload, KnoxBulk, []Batch{batch}, Settings{YearDayMonth})
	require.NoError(t, err)
	content, err := os.ReadFile(paths[0])
	require.NoError(t, err)
	require.Contains(t, string(content), ",PO2026118,")
	require.Contains(t, string(content), ",POMunchen0,")
	require.Equal(t, "PO-2026/118", batch.Devices[0].OrderNumber)
}
