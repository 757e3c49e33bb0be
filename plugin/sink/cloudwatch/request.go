package cloudwatch

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"

	"github.com/authlens/authlens/engine/metric"
)

// Bounds of one PutMetricData request.
// Source: PutMetricData in the CloudWatch API Reference.
const (
	requestData  = 1000
	requestBytes = 900_000 // of 1 MB, before compression
)

// fits returns how many of data, from the first on, fit into one request: at
// least one.
func fits(data []metric.Datum) int {
	size := 0
	for n := range data {
		size += sizeOf(&data[n])
		if n == requestData || n > 0 && size > requestBytes {
			return n
		}
	}
	return len(data)
}

// sizeOf is an upper bound of d's size in a request, in bytes: texts, names of
// fields, and nine bytes a number.
func sizeOf(d *metric.Datum) int {
	size := 128 + len(d.Name) + len(d.Unit) + len(d.Values)*2*9
	for _, dim := range d.Dimensions {
		size += 24 + len(dim.Name) + len(dim.Value)
	}
	return size
}

func request(namespace string, data []metric.Datum) *cloudwatch.PutMetricDataInput {
	in := &cloudwatch.PutMetricDataInput{Namespace: &namespace, MetricData: make([]types.MetricDatum, len(data))}
	for i := range data {
		in.MetricData[i] = datum(&data[i])
	}
	return in
}

func datum(d *metric.Datum) types.MetricDatum {
	out := types.MetricDatum{
		MetricName: aws.String(d.Name),
		Unit:       types.StandardUnit(d.Unit),
		Timestamp:  aws.Time(d.Time),
	}
	for _, dim := range d.Dimensions {
		out.Dimensions = append(out.Dimensions, types.Dimension{Name: aws.String(dim.Name), Value: aws.String(dim.Value)})
	}
	if len(d.Values) == 1 {
		out.Value = aws.Float64(d.Values[0])
		return out
	}
	out.Values, out.Counts = distinct(d.Values)
	return out
}

// distinct returns each value once, and how often it is there.
func distinct(all []float64) (values, counts []float64) {
	at := make(map[float64]int)
	for _, v := range all {
		i, ok := at[v]
		if !ok {
			i = len(values)
			at[v] = i
			values, counts = append(values, v), append(counts, 0)
		}
		counts[i]++
	}
	return values, counts
}
