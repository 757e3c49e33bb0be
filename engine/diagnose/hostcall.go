package diagnose

import (
	"slices"
	"strings"
)

// Calls that the programs of a container instance make with its role, before or
// beside any task of ours.
const (
	callOfECSAgent       = "ecs_agent"
	callOfSystemsManager = "systems_manager"
	callOfCloudWatch     = "cloudwatch_agent"
	callOfCodeDeploy     = "codedeploy_agent"
	callOfTaskStart      = "task_start" // pulls of images, log streams of the awslogs driver
	callOfKubelet        = "kubelet"
	callOfVPCCNI         = "vpc_cni"
)

// hostWords are by what agents of the host are known in their logs.
var hostWords = []struct{ word, call string }{
	{"[outputs.cloudwatch", callOfCloudWatch},
	{"[processors.ec2tagger]", callOfCloudWatch},
	{"amazon-cloudwatch-agent", callOfCloudWatch},
	{"codedeploy-agent", callOfCodeDeploy},
}

// hostCall tells which program of the host made a call with the role of its
// instance; "" when it may be an application's.
func (r *reading) hostCall() string {
	if r.holder.kind != roleInstance {
		return ""
	}
	prefix, name, _ := strings.Cut(r.action, ":")
	if isNodeRole(r.facts.RoleName) {
		switch {
		case prefix == "ecr" && slices.Contains(pullActions, name):
			return callOfKubelet
		case prefix == "ec2" && slices.Contains(cniActions, name):
			return callOfVPCCNI
		}
		return ""
	}
	for _, h := range hostWords {
		if strings.Contains(r.text, h.word) {
			return h.call
		}
	}
	switch prefix {
	case "ecs":
		return given(slices.Contains(agentActions, name), callOfECSAgent)
	case "ssm":
		return given(slices.Contains(systemsManagerActions, name), callOfSystemsManager)
	case "ssmmessages", "ec2messages":
		return callOfSystemsManager
	case "ecr":
		return given(slices.Contains(pullActions, name), callOfTaskStart)
	case "logs":
		return given(name == "CreateLogStream" || name == "PutLogEvents" || name == "CreateLogGroup", callOfTaskStart)
	}
	return ""
}

// What AWS' managed policies AmazonEC2ContainerServiceforEC2Role and
// AmazonSSMManagedInstanceCore allow the two agents.
var (
	agentActions = []string{
		"DeregisterContainerInstance", "DiscoverPollEndpoint", "Poll", "PutSystemLogEvents", "RegisterContainerInstance", "StartTelemetrySession",
		"SubmitAttachmentStateChanges", "SubmitContainerStateChange", "SubmitTaskStateChange", "UpdateContainerInstancesState",
	}
	systemsManagerActions = []string{
		"DescribeAssociation", "DescribeDocument", "GetDeployablePatchSnapshotForInstance", "GetManifest", "ListAssociations",
		"ListInstanceAssociations", "PutComplianceItems", "PutConfigurePackageResult", "PutInventory",
		"UpdateAssociationStatus", "UpdateInstanceAssociationStatus", "UpdateInstanceInformation",
	}
	cniActions = []string{ // of AmazonEKS_CNI_Policy
		"AssignIpv6Addresses", "AssignPrivateIpAddresses", "AttachNetworkInterface", "CreateNetworkInterface", "DeleteNetworkInterface",
		"DetachNetworkInterface", "ModifyNetworkInterfaceAttribute", "UnassignPrivateIpAddresses",
	}
	pullActions = []string{"GetAuthorizationToken", "BatchCheckLayerAvailability", "GetDownloadUrlForLayer", "BatchGetImage"}
)
