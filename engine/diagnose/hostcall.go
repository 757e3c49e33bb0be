package diagnose

import (
	"slices"
	"strings"
)

// Calls that the programs of an instance make with its role, before or beside any
// task or pod of ours.
const (
	callOfECSAgent        = "ecs_agent"
	callOfSystemsManager  = "systems_manager"
	callOfTaskStart       = "task_start" // pulls of images, log streams of the awslogs driver
	callOfCloudWatchAgent = "cloudwatch_agent"
	callOfCodeDeployAgent = "codedeploy_agent"
	callOfKubelet         = "kubelet" // pulls of images on a Kubernetes node
	callOfVPCCNI          = "vpc_cni"
	callOfPodIdentity     = "pod_identity_agent" // which asks EKS Auth for the pods' credentials
)

// hostCall tells which program of the host made a call with the role of its
// instance; "" when it may be an application's.
func (r *reading) hostCall() string {
	if r.holder.kind != roleInstance {
		return ""
	}
	if agent := hostAgent(r.text); agent != "" {
		return agent
	}
	node := isNodeRole(r.facts.RoleName)
	prefix, name, _ := strings.Cut(r.action, ":")
	switch {
	case prefix == "ecr" && slices.Contains(pullActions, name):
		if node || isKubelet(r.text) {
			return callOfKubelet
		}
		return callOfTaskStart
	case prefix == "eks-auth":
		return callOfPodIdentity
	case node:
		return given(prefix == "ec2" && slices.Contains(cniActions, name), callOfVPCCNI)
	case prefix == "ecs":
		return given(slices.Contains(agentActions, name), callOfECSAgent)
	case prefix == "ssm":
		return given(slices.Contains(systemsManagerActions, name), callOfSystemsManager)
	case prefix == "ssmmessages", prefix == "ec2messages":
		return callOfSystemsManager
	case prefix == "logs":
		return given(name == "CreateLogStream" || name == "PutLogEvents" || name == "CreateLogGroup", callOfTaskStart)
	}
	return ""
}

// hostAgent tells a program of the host by the names that its log lines carry.
func hostAgent(text string) string {
	return meaning(strings.ToLower(text), []mark{
		{"[outputs.cloudwatch", callOfCloudWatchAgent},
		{"[processors.ec2tagger]", callOfCloudWatchAgent},
		{"cloudwatch: writetocloudwatch failure", callOfCloudWatchAgent},
		{"amazon-cloudwatch-agent", callOfCloudWatchAgent},
		{"codedeploy-agent", callOfCodeDeployAgent},
		{"codedeployplugin", callOfCodeDeployAgent},
		{"amazon-ssm-agent", callOfSystemsManager},
		{"[ssm-agent-worker]", callOfSystemsManager},
		{"ec2roleprovider failed to connect to systems manager", callOfSystemsManager},
		{"container instance with ecs", callOfECSAgent},
		{"error getting valid credentials", callOfECSAgent},
		{"ipamd", callOfVPCCNI},
	})
}

// hostPrograms are what those are called that never run in a container.
var hostPrograms = map[string]string{
	callOfECSAgent:        "The ECS agent",
	callOfSystemsManager:  "The SSM Agent",
	callOfCodeDeployAgent: "The CodeDeploy agent",
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
	pullActions = []string{"GetAuthorizationToken", "BatchCheckLayerAvailability", "GetDownloadUrlForLayer", "BatchGetImage"}
	// Those of AmazonEKS_CNI_Policy that change something.
	cniActions = []string{
		"AssignIpv6Addresses", "AssignPrivateIpAddresses", "AttachNetworkInterface", "CreateNetworkInterface", "DeleteNetworkInterface", "DetachNetworkInterface",
		"ModifyNetworkInterfaceAttribute", "UnassignPrivateIpAddresses",
	}
)
