/** Upper bounds of durations, in seconds: from what is instant to what somebody gives up on. */
export const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
