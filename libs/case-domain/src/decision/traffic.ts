/** How much of one sender is let through by itself; 0 switches a limit off. */
export interface BackStops {
  /** New cases of one sender within 60 minutes. */
  readonly newCasesPerHour: number;
  /** Interactions of one sender in one case within 60 minutes. */
  readonly messagesPerCaseAndHour: number;
  /** Automatic interactions of one sender within 24 hours. */
  readonly automaticPerDay: number;
}

/** A sender around an instant, and how far back automatic messages are counted. */
export interface TrafficProbe {
  readonly sender: string;
  /** ISO 8601. */
  readonly at: string;
  readonly hoursBack: number;
}

/** What the tables say that a sender was let through with, around a minute. */
export interface EarlierTraffic {
  readonly newCases: number;
  readonly automatic: number;
  readonly messagesByCase: ReadonlyMap<string, number>;
}

/** Something of a sender that was let through. */
export interface Passage {
  /** Milliseconds. */
  readonly at: number;
  readonly opened: boolean;
  readonly automatic: boolean;
  readonly caseId: string | null;
}

/** What the senders of a batch were let through with lately. */
export interface Traffic {
  /** By `trafficKeyOf`; a key that is missing has had no traffic. */
  readonly earlier: ReadonlyMap<string, EarlierTraffic>;
  /** By identity: what the batch itself let through so far. */
  readonly passed: Map<string, Passage[]>;
}
