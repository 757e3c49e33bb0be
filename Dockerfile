# syntax=docker/dockerfile:1
#
# AuthLens in a Fluent Bit image, for amd64 and arm64:
#
#   docker build --target firelens   -t authlens .             on aws-for-fluent-bit, for FireLens
#   docker build --target fluent-bit -t authlens:upstream .    on upstream Fluent Bit
#   docker buildx build --platform linux/amd64,linux/arm64 --target firelens …
#
# Base images have a tag, for people, and a digest, for machines. A tag may be
# moved to another image overnight; a digest never is. Digests differ by registry
# mirror and age quickly, so they are arguments: a release passes them, such as
#
#   --build-arg FIRELENS_DIGEST=@sha256:0123…
#
# (docker buildx imagetools inspect IMAGE:TAG prints them.)
ARG GO_IMAGE=docker.io/library/golang:1.26-bookworm
ARG GO_DIGEST=
ARG BUILDER_IMAGE=docker.io/library/debian:bullseye-slim
ARG BUILDER_DIGEST=
ARG FIRELENS_IMAGE=public.ecr.aws/aws-observability/aws-for-fluent-bit:3.4.8
ARG FIRELENS_DIGEST=
ARG FLUENT_BIT_IMAGE=docker.io/fluent/fluent-bit:5.1.1
ARG FLUENT_BIT_DIGEST=

# Only Go's own directory is taken from here: it is linked statically and runs
# anywhere.
FROM --platform=$BUILDPLATFORM ${GO_IMAGE}${GO_DIGEST} AS go

# A library runs with the glibc it was linked to, or a newer one. Debian 11 has
# 2.31: older than Amazon Linux 2023 (2.34) and Debian 13 (2.41), on which the two
# targets stand; and as Go's runtime uses it, no symbol is newer than 2.17. So the
# library loads in the 2.x images of aws-for-fluent-bit too (Amazon Linux 2, 2.26).
FROM --platform=$BUILDPLATFORM ${BUILDER_IMAGE}${BUILDER_DIGEST} AS build
# Where Debian 11 is kept; http://archive.debian.org/debian once it has moved.
ARG APT_MIRROR=http://deb.debian.org/debian
RUN echo "deb $APT_MIRROR bullseye main" >/etc/apt/sources.list \
 && apt-get update \
 && apt-get install -y --no-install-recommends \
      ca-certificates make gcc libc6-dev \
      gcc-x86-64-linux-gnu libc6-dev-amd64-cross \
      gcc-aarch64-linux-gnu libc6-dev-arm64-cross \
 && rm -rf /var/lib/apt/lists/*
COPY --from=go /usr/local/go /usr/local/go
ENV PATH=/usr/local/go/bin:$PATH GOTOOLCHAIN=local
WORKDIR /src
# Modules change seldom: a layer of their own.
COPY go.mod go.sum ./
COPY .ci/tools/go.mod .ci/tools/go.sum .ci/tools/
RUN go mod download && go -C .ci/tools mod download
COPY . .
ARG TARGETARCH
ARG VERSION=dev
# Cross-compiled: nothing is emulated. Fails when the library needs a glibc newer
# than 2.34.
RUN make dist VERSION="$VERSION" ARCHS="$TARGETARCH" \
 && mkdir /authlens \
 && mv "dist/out_authlens_linux_$TARGETARCH.so" /authlens/out_authlens.so \
 && mv "dist/out_authlens_linux_$TARGETARCH.so.cdx.json" /authlens/sbom.cdx.json \
 && mv "dist/authlens_linux_$TARGETARCH" /authlens/authlens \
 && mv "dist/authlens_linux_$TARGETARCH.cdx.json" /authlens/authlens.cdx.json \
 && cp conf/plugins.conf conf/firelens.conf LICENSE /authlens/ \
 && chmod -R a=rX /authlens

# Just the files, for an image of one's own (COPY --from) or for the disk: the
# library, the command, what they are made of, configurations.
#
#   docker build --target files --output type=local,dest=out .
FROM scratch AS files
COPY --from=build /authlens /authlens

# The final stages only copy: neither base image has to have a shell.

FROM ${FLUENT_BIT_IMAGE}${FLUENT_BIT_DIGEST} AS fluent-bit
ARG VERSION=dev
LABEL org.opencontainers.image.title="AuthLens on Fluent Bit" \
      org.opencontainers.image.description="Fluent Bit with a plugin that finds and explains authentication and authorization failures in container logs" \
      org.opencontainers.image.source="https://github.com/authlens/authlens" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}"
COPY --from=build /authlens /authlens
# `nonroot` of distroless images. A DaemonSet that reads the machine's log files
# has to be root, and says so itself.
USER 65532:65532
ENTRYPOINT ["/fluent-bit/bin/fluent-bit"]
CMD ["-e", "/authlens/out_authlens.so", "-c", "/fluent-bit/etc/fluent-bit.conf"]

FROM ${FIRELENS_IMAGE}${FIRELENS_DIGEST} AS firelens
ARG VERSION=dev
LABEL org.opencontainers.image.title="AuthLens for FireLens" \
      org.opencontainers.image.description="AWS for Fluent Bit with a plugin that finds and explains authentication and authorization failures in container logs" \
      org.opencontainers.image.source="https://github.com/authlens/authlens" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}"
COPY --from=build /authlens /authlens
# The entrypoint stays that of the base image, which is also how its `init`
# variant works. So does the user, root: the ECS agent gives the directory of the
# log socket to the `user` of the task definition, and knows nothing of one that
# an image names, so that here it would only break the socket. The task
# definitions in examples/ say "user": "65532".
