using LlmKick.Benchmarks;
using LlmKick.Benchmarks.Solvers;

Machine.Print();
SolverBenchmark.Print();
