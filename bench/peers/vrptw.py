"""Plans vehicle routing problems with time windows (Solomon's format, distances truncated to 0.1) with pyvroom and pyvrp.

vrptw.py SECONDS FILE…   prints a line for each file and solver: name, solver, distance, processor seconds.
"""

import math
import sys
import time

import numpy
import pyvrp
import vroom


def read(path):
    with open(path) as file:
        name, *lines = file.read().splitlines()
    rows = [list(map(int, line.split())) for line in lines if line.split() and line.split()[0].lstrip("-").isdigit()]
    (fleet, capacity), places = rows[0], rows[1:]
    legs = [[int(math.hypot(a[1] - b[1], a[2] - b[2]) * 10) for b in places] for a in places]
    return name.strip(), fleet, capacity, places, legs


def by_vroom(instance, level):
    _, fleet, capacity, places, legs = instance
    problem = vroom.Input()
    problem.set_durations_matrix("car", numpy.array(legs, dtype=numpy.uint32))
    window = vroom.TimeWindow(places[0][4] * 10, places[0][5] * 10)
    for id in range(fleet):
        problem.add_vehicle(vroom.Vehicle(id, start=0, end=0, capacity=[capacity], time_window=window))
    for row in places[1:]:
        job = vroom.Job(row[0], location=row[0], delivery=vroom.Amount([row[3]]), default_service=row[6] * 10,
                        time_windows=[vroom.TimeWindow(row[4] * 10, row[5] * 10)])
        problem.add_job(job)
    solution = problem.solve(exploration_level=level, nb_threads=1)
    if solution.summary.unassigned:
        return float("nan")
    return solution.summary.cost / 10


def by_pyvrp(instance, seconds):
    _, fleet, capacity, places, legs = instance
    model = pyvrp.Model()
    rows = [model.add_location(row[1], row[2]) for row in places]
    depot = model.add_depot(rows[0])
    model.add_vehicle_type(fleet, capacity, depot, depot, tw_early=places[0][4] * 10, tw_late=places[0][5] * 10)
    for location, row in zip(rows[1:], places[1:]):
        model.add_client(location, delivery=row[3], service_duration=row[6] * 10,
                         tw_early=row[4] * 10, tw_late=row[5] * 10)
    for a, one in enumerate(rows):
        for b, other in enumerate(rows):
            model.add_edge(one, other, distance=legs[a][b], duration=legs[a][b])
    end = time.process_time() + seconds

    class Spent:
        def __call__(self, _best):
            return time.process_time() >= end

    result = model.solve(Spent(), seed=1, display=False)
    return result.cost() / 10 if result.is_feasible() else float("nan")


def main():
    seconds = float(sys.argv[1])
    for path in sys.argv[2:]:
        instance = read(path)
        for name, solve in [("vroom", lambda: by_vroom(instance, 5)), ("pyvrp", lambda: by_pyvrp(instance, seconds))]:
            begun = time.process_time()
            distance = solve()
            print(instance[0], name, f"{distance:.1f}", f"{time.process_time() - begun:.2f}", flush=True)


main()
