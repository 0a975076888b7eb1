/*
 * Counts the events of a trace.dat by type and CPU with libtracecmd, one CPU after another, and does
 * nothing else: the fastest that library reads.
 *
 *   gcc -O2 -o count count.c $(pkg-config --cflags --libs libtracecmd)
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <trace-cmd.h>

#define TYPES 65536

int main(int argc, char **argv)
{
	struct tracecmd_input *input;
	unsigned long long total = 0;
	int cpu, cpus;

	if (argc != 2) {
		fprintf(stderr, "usage: count trace.dat\n");
		return 2;
	}
	input = tracecmd_open(argv[1], 0);
	if (!input) {
		fprintf(stderr, "%s cannot be read\n", argv[1]);
		return 1;
	}
	cpus = tep_get_cpus(tracecmd_get_tep(input));
	for (cpu = 0; cpu < cpus; cpu++) {
		unsigned long long *counts = calloc(TYPES, sizeof(*counts));
		struct tep_record *record;
		int type;

		while ((record = tracecmd_read_data(input, cpu))) {
			/* common_type is the first field of every event */
			unsigned short id;

			memcpy(&id, record->data, sizeof(id));
			counts[id]++;
			tracecmd_free_record(record);
		}
		for (type = 0; type < TYPES; type++) {
			if (counts[type])
				printf("%d %d %llu\n", cpu, type, counts[type]);
			total += counts[type];
		}
		free(counts);
	}
	printf("total %llu\n", total);
	tracecmd_close(input);
	return 0;
}
