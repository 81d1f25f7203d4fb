using LlmKick.Harness.Yaml;
using LlmKick.Sdk;

namespace LlmKick.Harness.Definitions;

/// <summary>The groups and tasks that are asked for.</summary>
/// <param name="Groups">The groups, each before those inside it.</param>
/// <param name="Leaves">The tasks, each once, in order.</param>
internal sealed record TaskTree(IReadOnlyList<TaskGroup> Groups, IReadOnlyList<TaskDefinition> Leaves)
{
    /// <summary>Reads the files of a folder as far as what is asked for needs them.</summary>
    /// <exception cref="LlmKickException">A file, name or key is wrong.</exception>
    public static TaskTree Read(HarnessOptions options)
    {
        var reader = new TreeReader(TaskIndex.Of(options.Folder), options);
        foreach (var name in options.Tasks)
            reader.Add(name);
        return reader.Tree;
    }

    /// <summary>The tasks of a group and of those inside it.</summary>
    public IReadOnlyList<TaskDefinition> LeavesOf(TaskGroup group)
    {
        var inside = new HashSet<string>(StringComparer.Ordinal);
        Collect(group);
        return [.. Leaves.Where(leaf => inside.Contains(leaf.Name))];

        void Collect(TaskGroup one)
        {
            foreach (var name in one.Members)
                if (Groups.FirstOrDefault(other => other.Name == name) is { } other)
                    Collect(other);
                else
                    inside.Add(name);
        }
    }

    /// <summary>The groups around a task whose value is the mean over all their rows.</summary>
    public IEnumerable<string> SummedAround(TaskDefinition leaf) => Groups
        .Where(group => group.Means.Count > 0 && group.Means.All(mean => mean.BySize) && LeavesOf(group).Contains(leaf))
        .Select(group => group.Name);

    /// <summary>Follows names to files.</summary>
    private sealed class TreeReader(TaskIndex index, HarnessOptions options)
    {
        private readonly List<TaskGroup> groups = [];
        private readonly OrderedDictionary<string, TaskDefinition> leaves = [];
        private readonly HashSet<string> open = new(StringComparer.Ordinal);

        public TaskTree Tree => new(groups, [.. leaves.Values]);

        public void Add(string name)
        {
            var found = name.Contains('*', StringComparison.Ordinal) ? index.Matching(name) : [name];
            if (found.Count == 0)
                throw new LlmKickException($"{options.Folder}: no task, group or tag is called like '{name}'; the folder has "
                    + $"{index.Some}.");
            foreach (var one in found)
                AddNamed(one, options.Folder);
        }

        /// <summary>Adds what a name stands for.</summary>
        /// <returns>The names that it adds to a group.</returns>
        private IReadOnlyList<string> AddNamed(string name, string place)
        {
            if (index.File(name) is { } path)
            {
                var file = TaskFile.Read(path);
                return file.Values.ContainsKey("group") ? [AddGroup(file, null)] : [AddLeaf(file)];
            }
            if (index.Tagged(name) is { Count: > 0 } tagged)
                return [.. tagged.SelectMany(one => AddNamed(one, place))];
            throw new LlmKickException($"{place}: there is no task, group or tag '{name}'"
                + $"{KnownKeys.Meant(name, index.Names)} in the folder, which has {index.Some}.");
        }

        private string AddLeaf(TaskFile file)
        {
            var leaf = TaskDefinition.Of(file, options);
            leaves.TryAdd(leaf.Name, leaf);
            return leaf.Name;
        }

        private string AddGroup(TaskFile file, string? outer)
        {
            if (file.Values.GetValueOrDefault("group") is not string own)
                throw file.Fault("group", "give the group's name.");
            if (file.Values.GetValueOrDefault("task") is string && file.Values.ContainsKey("dataset_path"))
                throw file.Fault("group", "the file is a task and a group at once; take `group` out, or move it to a file of its own.");
            var name = outer is null ? own : $"{outer}::{own}";
            if (groups.Exists(group => group.Name == name))
                return name;
            if (!open.Add(name))
                throw file.Fault("task", $"the group '{name}' is inside itself; take it out.");
            var group = TaskGroup.Of(file, name);
            groups.Add(group);
            if (file.Values.GetValueOrDefault("task") is not IReadOnlyList<object?> { Count: > 0 } members)
                throw file.Fault("task", $"the group '{name}' has no tasks; give a list of names.");
            group.Members.AddRange(members.SelectMany(member => AddMember(member, file, name)));
            open.Remove(name);
            return name;
        }

        private IReadOnlyList<string> AddMember(object? member, TaskFile file, string group)
        {
            switch (member)
            {
                case string name:
                    return AddNamed(name, file.Place("task"));
                case IReadOnlyDictionary<string, object?> map when map.ContainsKey("group"):
                    return [AddGroup(new TaskFile(file.Path, new OrderedDictionary<string, object?>(map),
                        map.Keys.ToDictionary(key => key, _ => file.Places["task"])), group)];
                case IReadOnlyDictionary<string, object?> map when map.GetValueOrDefault("task") is string name:
                    var under = index.File(name) is { } path ? TaskFile.Read(path)
                        : new TaskFile(file.Path, [], new Dictionary<string, string>());
                    return [AddLeaf(under.With(map.Where(pair => pair.Key != "include"), file.Places["task"]))];
                default:
                    throw file.Fault("task", $"an entry of the group '{group}' is neither a name nor a map with `task` or `group`.");
            }
        }
    }
}
