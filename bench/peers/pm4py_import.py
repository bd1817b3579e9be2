"""Reads a log with pm4py and counts variants and directly-follows pairs: the peer of `klantreis import`.

usage: pm4py_import.py LOG.xes.gz    (in a virtual environment with pm4py; it is AGPL-3, so an oracle only)
"""
import resource
import sys
import time
import warnings

warnings.filterwarnings("ignore")
import pm4py  # noqa: E402

began = time.time()
log = pm4py.read_xes(sys.argv[1])
read = time.time() - began
variants = len(pm4py.get_variants(log))
pairs = len(pm4py.discover_dfg(log)[0])
used = resource.getrusage(resource.RUSAGE_SELF)
print(
    f"| pm4py {pm4py.__version__} | {read:.1f} | {time.time() - began:.1f} | {used.ru_utime + used.ru_stime:.1f} "
    f"| {used.ru_maxrss / 1024:.0f} | {len(log)} events, {variants} variants, {pairs} pairs |"
)
