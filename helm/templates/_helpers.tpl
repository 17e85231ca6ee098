{{- define "epm.name" -}}
{{- if contains "epm" .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}{{ else }}{{ printf "%s-epm" .Release.Name | trunc 50 | trimSuffix "-" }}{{ end -}}
{{- end }}

{{- define "epm.selector" -}}
app.kubernetes.io/name: epm-retail
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "epm.labels" -}}
{{ include "epm.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | quote }}
{{- end }}

{{- define "epm.image" -}}
{{- $image := .Values.image -}}
{{- $repository := required "image.repository: where the image was pushed to" $image.repository -}}
{{- if $image.digest }}{{ $repository }}@{{ $image.digest }}{{ else }}{{ $repository }}:{{ $image.tag | default .Chart.AppVersion }}{{ end -}}
{{- end }}

{{- define "epm.secret" -}}
{{ .Values.secrets.existing | default (printf "%s-settings" (include "epm.name" .)) }}
{{- end }}

{{/* Nobody's rights, on a root that cannot be written to. */}}
{{- define "epm.podSecurity" -}}
runAsNonRoot: true
runAsUser: 1654
runAsGroup: 1654
fsGroup: 1654
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "epm.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}

{{- define "epm.environment" -}}
- { name: EPM_DOMAIN, value: {{ required "domain: the domain whose subdomains are tenants" .Values.domain | quote }} }
- { name: EPM_PORT, value: {{ .Values.service.port | quote }} }
- { name: EPM_SECRETS, value: /run/secrets/epm }
- { name: EPM_DRAIN_SECONDS, value: {{ .Values.drain.seconds | quote }} }
{{- if .Values.metrics.enabled }}
- { name: EPM_METRICS_PORT, value: {{ .Values.metrics.port | quote }} }
{{- end }}
{{- with .Values.ingress.proxies }}
- { name: EPM_PROXIES, value: {{ join "," . | quote }} }
{{- end }}
{{- range $name, $value := .Values.env }}
- { name: {{ $name }}, value: {{ $value | quote }} }
{{- end }}
{{- end }}

{{- define "epm.mounts" -}}
- { name: settings, mountPath: /run/secrets/epm, readOnly: true }
- { name: data, mountPath: /data }
- { name: tmp, mountPath: /tmp }
{{- end }}

{{- define "epm.volumes" -}}
- name: settings
  secret: { secretName: {{ include "epm.secret" . }}, defaultMode: 0440 }
- name: data
  emptyDir: { sizeLimit: {{ .Values.data.sizeLimit }} }
- name: tmp
  emptyDir: { medium: Memory, sizeLimit: 64Mi }
{{- end }}

{{- define "epm.placement" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.affinity }}
affinity: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
