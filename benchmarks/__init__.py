"""What `make bench` measures: ratios with a peer in the same run, beside the goal. No test is timed; these are read by people."""
