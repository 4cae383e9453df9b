package data

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"time"
)

// Restriction is one decision of a state on Huawei, on record in bans.csv.
type Restriction struct {
	State string // ISO 3166-1 alpha-3
	Date  time.Time
	Kind  string // ban, block, limit, procurement or memorandum
}

// Restrictions reads bans.csv, the record that runs are compared with, in its order.
func Restrictions() ([]Restriction, error) {
	const file = "bans.csv"
	content, err := File(file)
	if err != nil {
		return nil, err
	}
	rows, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	list := make([]Restriction, len(rows)-1)
	for k, row := range rows[1:] {
		day, err := time.Parse(time.DateOnly, row[1])
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, k+2, err)
		}
		list[k] = Restriction{State: row[0], Date: day, Kind: row[2]}
	}
	return list, nil
}
