// Package chunk writes records the way Fluent Bit hands them to an output: msgpack,
// [[time, metadata], record], back to back, as many as in one flush.
package chunk

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/tinylib/msgp/msgp"
)

// eventTime is the msgpack extension type that Fluent Bit's times have: seconds
// and nanoseconds since 1970, 32 bits each.
const eventTime = 0

// Append appends a record to a chunk: its keys in order, so that the same record
// has the same bytes. On an error dst is returned as it was. The values of
// fields are those of encoding/json, numbers as json.Number or float64.
func Append(dst []byte, t time.Time, fields map[string]any) ([]byte, error) {
	start := len(dst)
	dst = msgp.AppendArrayHeader(dst, 2)
	dst = msgp.AppendArrayHeader(dst, 2)
	dst = append(dst, 0xd7, eventTime)
	dst = binary.BigEndian.AppendUint32(dst, uint32(t.Unix()))
	dst = binary.BigEndian.AppendUint32(dst, uint32(t.Nanosecond()))
	dst = msgp.AppendMapHeader(dst, 0)
	dst, err := appendMap(dst, fields)
	if err != nil {
		return dst[:start], fmt.Errorf("encode a record: %w", err)
	}
	return dst, nil
}

func appendMap(dst []byte, m map[string]any) ([]byte, error) {
	dst = msgp.AppendMapHeader(dst, uint32(len(m)))
	for _, key := range slices.Sorted(maps.Keys(m)) {
		dst = msgp.AppendString(dst, key)
		var err error
		if dst, err = appendValue(dst, m[key]); err != nil {
			return dst, err
		}
	}
	return dst, nil
}

func appendValue(dst []byte, v any) ([]byte, error) {
	switch v := v.(type) {
	case nil:
		return msgp.AppendNil(dst), nil
	case string:
		return msgp.AppendString(dst, v), nil
	case bool:
		return msgp.AppendBool(dst, v), nil
	case float64:
		return msgp.AppendFloat64(dst, v), nil
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return msgp.AppendInt64(dst, n), nil
		}
		n, _ := v.Float64() // if out of range, an infinity: near enough
		return msgp.AppendFloat64(dst, n), nil
	case map[string]any:
		return appendMap(dst, v)
	case []any:
		dst = msgp.AppendArrayHeader(dst, uint32(len(v)))
		for _, element := range v {
			var err error
			if dst, err = appendValue(dst, element); err != nil {
				return dst, err
			}
		}
		return dst, nil
	}
	return dst, fmt.Errorf("a record cannot hold a %T", v)
}
