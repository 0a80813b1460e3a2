package model_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"consign/model"
)

func TestExpectedDevicesAreReadAsPeopleWriteThem(t *testing.T) {
	lines, err := model.ReadOrderLines("SM-A556B 20\n10 x Galaxy Tab S9\r\nSM-X216B; 5\n\n3")
	require.NoError(t, err)
	require.Equal(t, []model.OrderLine{{Model: "SM-A556B", Expected: 20}, {Model: "Galaxy Tab S9", Expected: 10},
		{Model: "SM-X216B", Expected: 5},
		{Expected: 3}}, lines)
	again, err := model.ReadOrderLines(model.OrderLinesText(lines))
	require.NoError(t, err)
	require.Equal(t, lines, again)
	_, err = model.ReadOrderLines("SM-A556B")
	require.Equal(t, model.Invalid, model.CodeOf(err))
}

func TestOnlyAClosedOrderIsOpenedAgain(t *testing.T) {
	open, closed := model.Order{}, model.Order{Closed: true}
	if open.CanClose() != nil || closed.CanReopen() != nil {
		t.Error("an open order is closed, and a closed one opened again")
	}
	for _, err := range []error{open.CanReopen(), closed.CanClose()} {
		if model.CodeOf(err) != model.Refused {
			t.Errorf("%v", err)
		}
	}
}
