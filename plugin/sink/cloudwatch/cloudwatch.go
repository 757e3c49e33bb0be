// Package cloudwatch is the meter that sends metrics to Amazon CloudWatch by
// PutMetricData.
//
// Credentials, endpoints, proxies, FIPS, profiles and retries are those of the
// AWS SDK and of its settings (AWS_PROFILE, AWS_ENDPOINT_URL, HTTPS_PROXY,
// AWS_USE_FIPS_ENDPOINT, …). What is delivered adds up: if an answer is lost on its
// way back, a retry by the SDK, or the next attempt, counts twice.
package cloudwatch

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/smithy-go/logging"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"

	"github.com/authlens/authlens/engine/metric"
	"github.com/authlens/authlens/plugin/sink"
)

// Options say where metrics go. Only Namespace is needed.
type Options struct {
	Namespace string
	// Region wins over what the SDK finds in the environment and the shared
	// configuration; FallbackRegion is used if the SDK finds nothing.
	Region, FallbackRegion string
	// Endpoint is a URL that takes the place of CloudWatch's own.
	Endpoint string
}

// A Meter sends metrics. It holds no connection between requests, of which there
// is one a minute.
type Meter struct {
	opt    Options
	client *cloudwatch.Client // made by the first Measure
}

var _ sink.Meter = (*Meter)(nil)

// New returns a Meter; it reads no setting of the SDK and connects to nothing yet.
func New(opt Options) *Meter { return &Meter{opt: opt} }

// Name is "cloudwatch".
func (m *Meter) Name() string { return "cloudwatch" }

// Close has nothing to close.
func (m *Meter) Close() error { return nil }

// Measure sends one request.
func (m *Meter) Measure(ctx context.Context, data []metric.Datum) (int, error) {
	n := fits(data)
	client, err := m.connect(ctx)
	if err != nil {
		return n, fmt.Errorf("setting up the AWS SDK: %w", err)
	}
	if _, err := client.PutMetricData(ctx, request(m.opt.Namespace, data[:n])); err != nil {
		if ctx.Err() != nil {
			return n, fmt.Errorf("CloudWatch gave no answer in time: %w", err)
		}
		return n, classify(err)
	}
	return n, nil
}

// connect makes the client. So far only files are read; after an error the next
// Measure tries again, since they may still be on their way.
func (m *Meter) connect(ctx context.Context) (*cloudwatch.Client, error) {
	if m.client != nil {
		return m.client, nil
	}
	settings := []func(*config.LoadOptions) error{
		config.WithLogger(logging.Nop{}), // a guest prints nothing of its own accord
		config.WithHTTPClient(awshttp.NewBuildableClient().WithTransportOptions(func(t *http.Transport) {
			t.DisableKeepAlives = true
		})),
	}
	if m.opt.Region != "" {
		settings = append(settings, config.WithRegion(m.opt.Region))
	}
	cfg, err := config.LoadDefaultConfig(ctx, settings...)
	if err != nil {
		return nil, err
	}
	if cfg.Region == "" {
		cfg.Region = m.opt.FallbackRegion
	}
	if cfg.Region == "" {
		return nil, errors.New("expected a region: set the option cloudwatch_region or the environment variable AWS_REGION")
	}
	m.client = cloudwatch.NewFromConfig(cfg, func(o *cloudwatch.Options) {
		if m.opt.Endpoint != "" {
			o.BaseEndpoint = &m.opt.Endpoint
		}
		o.APIOptions = append(o.APIOptions, awsmiddleware.AddUserAgentKey("authlens"))
	})
	return m.client, nil
}
