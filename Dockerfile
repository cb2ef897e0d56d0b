# The command line and the service, on CPUs (target cpu) or with CUDA (target cuda). docs/containers.md says how to run them.
# Packages are installed as CI installs them, by scripts/setup.

FROM python:3.11-slim-bookworm AS base
WORKDIR /app
COPY pyproject.toml README.md LICENSE ./
COPY scripts/setup scripts/uv scripts/
COPY weights weights
COPY presets presets
COPY examples/bottle.jpg examples/bottle.jpg
COPY src src

FROM base AS cpu-build
RUN ./scripts/setup cpu,server,postgresql,s3

FROM base AS cuda-build
RUN ./scripts/setup gpu,server,postgresql,s3

# What both run on. The user owns nothing of /app; what is written goes to /data and /tmp.
FROM python:3.11-slim-bookworm AS runtime
RUN groupadd --gid 10001 photoshoot \
    && useradd --uid 10001 --gid 10001 --home-dir /data --create-home --shell /usr/sbin/nologin photoshoot
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PATH=/app/.venv/bin:$PATH HOME=/tmp
USER 10001:10001
WORKDIR /data
EXPOSE 8000
ENTRYPOINT ["photoshoot"]
CMD ["--help"]

FROM runtime AS cuda
ENV NVIDIA_VISIBLE_DEVICES=all NVIDIA_DRIVER_CAPABILITIES=compute,utility,graphics
COPY --from=cuda-build /app /app

FROM runtime AS cpu
COPY --from=cpu-build /app /app
