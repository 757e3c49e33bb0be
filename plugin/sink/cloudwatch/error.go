package cloudwatch

import (
	"errors"
	"net/http"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"

	"github.com/authlens/authlens/plugin/sink"
)

// rejections are the codes by which CloudWatch says that it has read a request and
// will not take it. All other errors may go away: permissions are granted, limits
// raised, clocks set.
// Source: PutMetricData, and Common Error Types, in the CloudWatch API Reference.
var rejections = map[string]bool{
	"InvalidParameterValue":                true,
	"InvalidParameterValueException":       true,
	"InvalidParameterCombination":          true,
	"InvalidParameterCombinationException": true,
	"MissingParameter":                     true,
	"MissingRequiredParameterException":    true,
	"InvalidFormat":                        true,
	"ValidationError":                      true,
	"ValidationException":                  true,
	"SerializationException":               true,
}

// classify marks errors that no other attempt with the same data can mend.
func classify(err error) error {
	var api smithy.APIError
	var answer *awshttp.ResponseError
	switch {
	case errors.As(err, &api) && rejections[api.ErrorCode()]:
		return sink.Permanent(err)
	case errors.As(err, &answer) && answer.HTTPStatusCode() == http.StatusRequestEntityTooLarge:
		return sink.Permanent(err)
	}
	return err
}
