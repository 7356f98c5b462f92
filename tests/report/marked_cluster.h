// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A cluster in which everything that its owner may name bears the letters "zzq", and nothing else does.
#pragma once

#include <string_view>

namespace glacis::test {

inline constexpr std::string_view MarkedCluster = R"(apiVersion: v1
kind: Namespace
metadata: {name: kube-system, uid: 0c5a8a3e-6c1f-4d4e-9a57-4d2f1d0b7a11}
---
apiVersion: v1
kind: Namespace
metadata: {name: zzqshop, labels: {zzqteam: zzq-blue}}
---
apiVersion: v1
kind: Node
metadata: {name: zzq-worker-1.zzq.example, labels: {node-role.kubernetes.io/control-plane: ""}}
spec: {providerID: "aws:///zzq-zone/i-0zzq123"}
status:
  addresses: [{type: ExternalIP, address: 203.0.113.77}, {type: Hostname, address: zzqhost}]
  nodeInfo: {kubeletVersion: v1.29.3, containerRuntimeVersion: "docker://24.0.9", operatingSystem: linux}
---
apiVersion: v1
kind: Pod
metadata:
  name: kube-apiserver-zzq-worker-1
  namespace: kube-system
  labels: {component: kube-apiserver}
  annotations: {kubernetes.io/config.mirror: "1"}
spec:
  nodeName: zzq-worker-1.zzq.example
  hostNetwork: true
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:v1.29.3
      command: [kube-apiserver, --anonymous-auth=true, "--etcd-servers=http://zzqetcd.internal:2379",
        --token-auth-file=/etc/zzq/tokens.csv, --audit-log-path=/var/log/zzqaudit.log,
        --authorization-mode=AlwaysAllow, --profiling=true, --tls-cert-file=/etc/kubernetes/pki/zzq.crt]
---
apiVersion: v1
kind: Pod
metadata:
  name: etcd-zzq-worker-1
  namespace: kube-system
  labels: {component: etcd}
  annotations: {kubernetes.io/config.mirror: "1"}
spec:
  nodeName: zzq-worker-1.zzq.example
  hostNetwork: true
  containers:
    - {name: etcd, image: "registry.k8s.io/etcd:3.5.12", command: [etcd, "--listen-client-urls=http://198.51.100.9:2379",
        "--data-dir=/zzqdata/etcd"]}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: zzq-web
  namespace: zzqshop
  annotations: {glacis.dev/crown-jewel: "zzq gem", zzq.example/owner: zzq}
spec:
  replicas: 2
  selector: {matchLabels: {app: zzqweb}}
  template:
    metadata: {labels: {app: zzqweb, zzq.example/tier: zzqfront}}
    spec:
      hostPID: true
      hostNetwork: true
      serviceAccountName: zzq-robot
      imagePullSecrets: [{name: zzq-pull}]
      containers:
        - name: zzqmain
          image: registry.zzq.example:5000/zzqteam/zzqweb:1.2-zzq@sha256:aaaabbbbccccdddd1111222233334444aaaabbbbccccdddd1111222233334444
          args: ["--docker-host=tcp://zzqdocker:2375", "--config=/zzqconf/zzq.toml"]
          securityContext: {privileged: true, capabilities: {add: [SYS_ADMIN, SYS_PTRACE]}}
          ports: [{containerPort: 80, hostPort: 8080, name: zzqport}]
          env:
            - {name: ZZQ_PASSWORD, value: zzqS3cr3tPassw0rd}
            - {name: ZZQ_DATABASE_URL, value: "postgres://zzquser:zzqpostgres@zzqdb.zzqshop:5432/zzqdata"}
            - {name: DOCKER_HOST, value: "tcp://zzqdocker:2375"}
            - {name: ZZQ_KEY, valueFrom: {secretKeyRef: {name: zzq-secret, key: zzq.key}}}
            - {name: ZZQ_MAP, valueFrom: {configMapKeyRef: {name: zzq-map, key: zzqmapkey}}}
          envFrom: [{secretRef: {name: zzq-envsecret}, prefix: ZZQ_}]
          volumeMounts:
            - {name: zzqsock, mountPath: /var/run/docker.sock}
            - {name: zzqhome, mountPath: /zzqmount, subPath: zzqsub}
        - {name: zzqside, image: zzqside}
      volumes:
        - {name: zzqsock, hostPath: {path: /var/run/docker.sock}}
        - {name: zzqhome, hostPath: {path: /home/zzqanna/zzqfiles}}
        - {name: zzqroot, hostPath: {path: /}}
        - {name: zzqetc, hostPath: {path: /etc/zzqd}}
        - {name: zzqmap, configMap: {name: zzq-map}}
        - {name: zzqsec, secret: {secretName: zzq-secret}}
        - {name: zzqclaim, persistentVolumeClaim: {claimName: zzq-claim}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: zzqdb, namespace: zzqshop}
spec:
  selector: {matchLabels: {app: zzqdb}}
  template:
    metadata: {labels: {app: zzqdb}}
    spec:
      containers: [{name: zzqpg, image: "postgres:15-zzq", ports: [{containerPort: 5432}],
        env: [{name: POSTGRES_PASSWORD, value: postgres}]}]
---
apiVersion: v1
kind: Pod
metadata: {name: zzq-web-7d4f9-abcde, namespace: zzqshop, labels: {app: zzqweb},
  ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: zzq-web, controller: true}]}
spec: {nodeName: zzq-worker-1.zzq.example, serviceAccountName: zzq-robot, hostPID: true,
  containers: [{name: zzqmain, image: "zzqinjected:9", securityContext: {privileged: true}}]}
status: {phase: Running, podIP: 10.244.3.9, hostIP: 203.0.113.77}
---
apiVersion: v1
kind: Pod
metadata: {name: zzq-db-0, namespace: zzqshop, labels: {app: zzqdb},
  ownerReferences: [{apiVersion: apps/v1, kind: StatefulSet, name: zzqdb, controller: true}]}
spec: {nodeName: zzq-worker-1.zzq.example, containers: [{name: zzqpg, image: "postgres:15-zzq",
  ports: [{containerPort: 5432}], env: [{name: POSTGRES_PASSWORD, value: postgres}]}]}
status: {phase: Running, podIP: 10.244.3.10}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: zzqshop, namespace: zzqshop}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: zzqnightly, namespace: zzqshop}
spec: {schedule: "0 1 * * *", jobTemplate: {spec: {template: {spec: {containers: [{name: zzqjob, image: "ghcr.io/zzqorg/zzqjob:latest"}]}}}}}
---
apiVersion: v1
kind: Service
metadata: {name: zzqsvc, namespace: zzqshop}
spec: {type: LoadBalancer, selector: {app: zzqweb}, ports: [{name: zzqhttp, port: 80, targetPort: zzqport, nodePort: 30080}],
  externalIPs: [198.51.100.20]}
status: {loadBalancer: {ingress: [{hostname: zzq-lb.elb.amazonaws.com}, {ip: 203.0.113.5}]}}
---
apiVersion: v1
kind: Service
metadata: {name: zzqout, namespace: zzqshop}
spec: {type: ExternalName, externalName: zzq-db.rds.amazonaws.com}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: zzqing, namespace: zzqshop, annotations: {external-dns.alpha.kubernetes.io/hostname: dns.zzq.example}}
spec:
  ingressClassName: zzqclass
  tls: [{hosts: [tls.zzq.example], secretName: zzqtls}]
  rules: [{host: "*.zzq.example", http: {paths: [{path: /zzqpath, pathType: Prefix, backend: {service: {name: zzqsvc, port: {name: zzqhttp}}}}]}}]
status: {loadBalancer: {ingress: [{ip: 203.0.113.77}]}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: zzqgate, namespace: zzqshop}
spec: {gatewayClassName: zzqgateclass, listeners: [{name: zzqlistener, hostname: gate.zzq.example, port: 80, protocol: HTTP}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: zzqroute, namespace: zzqshop}
spec: {parentRefs: [{name: zzqgate}], hostnames: [route.zzq.example], rules: [{backendRefs: [{name: zzqsvc, port: 80}]}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: zzqpolicy, namespace: zzqshop}
spec: {podSelector: {matchLabels: {app: zzqdb}}, policyTypes: [Ingress], ingress: [{from: [{podSelector: {matchLabels: {zzqlabel: zzqvalue}}}, {ipBlock: {cidr: 198.51.100.0/24}}]}]}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: zzq-robot, namespace: zzqshop, annotations: {eks.amazonaws.com/role-arn: "arn:aws:iam::123456789012:role/zzq-role"}}
secrets: [{name: zzq-robot-token}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: "zzq:reader"}
rules: [{apiGroups: ["", zzq.example], resources: [secrets, pods, pods/exec, zzqwidgets], verbs: ["*"], resourceNames: []},
  {apiGroups: [""], resources: [secrets], resourceNames: [zzqnamed], verbs: [get]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: zzq-all}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: "zzq:reader"}
subjects:
  - {kind: ServiceAccount, name: zzq-robot, namespace: zzqshop}
  - {kind: Group, apiGroup: rbac.authorization.k8s.io, name: "Zzq zzq Users"}
  - {kind: User, apiGroup: rbac.authorization.k8s.io, name: "anna.zzq@corp.zzq.example"}
  - {kind: User, apiGroup: rbac.authorization.k8s.io, name: "oidc:zzqbob"}
  - {kind: User, apiGroup: rbac.authorization.k8s.io, name: "system:serviceaccount:zzqns2:zzqsa2"}
  - {kind: Group, apiGroup: rbac.authorization.k8s.io, name: "system:unauthenticated"}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: zzq-admins}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects: [{kind: Group, apiGroup: rbac.authorization.k8s.io, name: "müller-zzq"}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: zzq-map, namespace: zzqshop}
data: {zzqmapkey: "password=zzqhidden9Value", zzq.conf: "db_password: zzqS3cretValue1"}
---
apiVersion: v1
kind: Secret
metadata: {name: zzq-secret, namespace: zzqshop}
data: {zzq.key: aGVsbG8=}
---
apiVersion: v1
kind: PersistentVolume
metadata: {name: zzq-pv}
spec: {hostPath: {path: /zzqdisk}, storageClassName: zzqfast, claimRef: {namespace: zzqshop, name: zzq-claim}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: zzq-claim, namespace: zzqshop}
spec: {volumeName: zzq-pv, storageClassName: zzqfast}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: zzqhook}
webhooks: [{name: check.zzq.example, failurePolicy: Ignore, clientConfig: {service: {name: zzqhooksvc, namespace: zzqhookns}}}]
---
apiVersion: zzq.example/v1
kind: ZzqWidget
metadata: {name: zzqwidget, namespace: zzqshop}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: zzqbroken, namespace: zzqshop}
spec: {template: {spec: {containers: [{name: zzqbad, image: 7}]}}}
)";

inline constexpr std::string_view MarkedFacts = R"yaml(glacis: facts/v1
source: "zzqsource by Anna (old)"
time: 2026-11-20T10:00:00Z
dns: [{name: seen.zzq.example, addresses: [203.0.113.77]}]
endpoints: [{what: kube-apiserver, address: 203.0.113.77, port: 6443, target: node/zzq-worker-1.zzq.example}]
ports: [{node: zzq-worker-1.zzq.example, port: 2375, from: internet, state: open, service: docker, tls: none}]
http: [{endpoint: kube-apiserver, path: /version, from: internet, credentials: none, status: 200}]
filters: [{node: zzq-worker-1.zzq.example, chain: input, ports: [2379], allow: [198.51.100.0/24]}]
exploitable: [{workload: zzqshop/Deployment/zzq-web, port: 80, reason: "old zzqreason image"}]
etcd: [{encryptedAtRest: false, how: "zzqlooked at it"}]
)yaml";

} // namespace glacis::test
