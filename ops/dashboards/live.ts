// The dashboard of live updates: sockets, streams, and how long an event takes to its reader.
import { type Board, type Panel, quantile, quantileNow, rate } from "./panels.ts";

const DELIVERY: readonly Panel[] = [
  {
    title: "From stored to written",
    says: "From the entry in the log to its frame on the socket. The promise is 0.5 seconds for 99 %.",
    unit: "s",
    queries: {
      p50: quantile(0.5, "router_delivery_lag_seconds"),
      p95: quantile(0.95, "router_delivery_lag_seconds"),
      p99: quantile(0.99, "router_delivery_lag_seconds"),
    },
  },
  {
    title: "From stored to written, p95 by subscription",
    says: "Which one is late.",
    unit: "s",
    queries: { "{{subscription}}": quantile(0.95, "router_delivery_lag_seconds", "subscription") },
  },
  {
    title: "Frames",
    says: "Written to clients.",
    unit: "ops",
    queries: { frames: rate("router_frames_sent_total") },
  },
];

const SOCKETS: readonly Panel[] = [
  {
    title: "Open",
    says: "Sockets of clients, and the subscriptions in them.",
    unit: "short",
    queries: {
      sockets: "sum(router_open_sockets)",
      subscriptions: "sum(router_open_subscriptions)",
      feeds: "sum(router_open_feeds)",
    },
  },
  {
    title: "Sockets closed",
    says: "By close code. 4403 is an expired token, 1012 a restart of the router.",
    unit: "ops",
    queries: { "{{code}}": rate("router_socket_closings_total", "code") },
  },
  {
    title: "Waiting for slow clients, p99",
    says: "Bytes in the buffer of a socket.",
    unit: "bytes",
    queries: { bytes: quantileNow(0.99, "router_socket_buffered_bytes") },
    isEmptyUntil: "a client is connected",
  },
];

const STREAMS: readonly Panel[] = [
  {
    title: "Members of a feed",
    says: "Clients that share one stream.",
    unit: "short",
    queries: {
      p50: quantileNow(0.5, "router_feed_members"),
      p99: quantileNow(0.99, "router_feed_members"),
    },
    isEmptyUntil: "somebody watches a shared stream",
  },
  {
    title: "Resumes, and streams opened again",
    says: "A wave of resumes follows a restart of a router or a subgraph.",
    unit: "ops",
    queries: {
      resumes: rate("router_resumes_total"),
      "opened again: {{stream}}": rate("router_stream_reopenings_total", "stream"),
    },
  },
  {
    title: "Streams ended",
    says: "RESYNC_REQUIRED makes clients read everything anew.",
    unit: "ops",
    queries: { "{{code}}": rate("router_stream_ends_total", "code") },
    isEmptyUntil: "a stream ends",
  },
  {
    title: "Subscriptions of routers",
    says: "As the subgraphs count them. Many clients share one.",
    unit: "short",
    queries: { "{{subgraph}}": "sum by (subgraph) (subgraph_open_subscriptions)" },
  },
  {
    title: "Wake-ups",
    says: "A gap was read from the log, because a wake-up was lost or out of order.",
    unit: "ops",
    queries: {
      "{{outcome}}": rate("live_wakeups_total", "outcome"),
      "found without one": rate("live_missed_wakeups_total"),
      "not taken by Redis": rate("live_wakeup_failures_total"),
    },
  },
  {
    title: "Redis, p95",
    says: "Time of a command. Wake-ups and rates wait for it.",
    unit: "s",
    queries: { "{{command}}": quantile(0.95, "redis_command_duration_seconds", "command") },
  },
  {
    title: "Redis, connections down",
    says: "More than none for a minute is an alert.",
    unit: "short",
    queries: { "{{service}}": 'sum by (service) (redis_connections{state="down"})' },
  },
];

export const live: Board = {
  name: "live",
  title: "live updates",
  rows: [
    { title: "Delivery", panels: DELIVERY },
    { title: "Sockets", panels: SOCKETS },
    { title: "Streams", panels: STREAMS },
  ],
};
