namespace InitTools;

/// <summary>
/// The last few states that reading tensors has left, so that the tensors of a model are read one after the other
/// without drawing each time all that came before. They change no number.
/// </summary>
internal static class TwisterCheckpoints
{
    private const int Capacity = 32;

    private static readonly Lock s_lock = new();
    private static readonly LinkedList<(uint Seed, MersenneTwister Twister)> s_states = [];

    /// <summary>A generator of the seed that stands at or before a word, as near to it as is known.</summary>
    public static MersenneTwister Nearest(uint seed, long word)
    {
        lock (s_lock)
        {
            MersenneTwister? nearest = s_states
                .Where(state => state.Seed == seed && state.Twister.Position <= word)
                .Select(state => state.Twister)
                .MaxBy(twister => twister.Position);
            return nearest?.Clone() ?? MersenneTwister.Create(seed);
        }
    }

    /// <summary>Keeps a copy of a state, and forgets the oldest.</summary>
    public static void Keep(uint seed, MersenneTwister twister)
    {
        lock (s_lock)
        {
            if (s_states.Any(state => state.Seed == seed && state.Twister.Position == twister.Position))
            {
                return;
            }

            s_states.AddFirst((seed, twister.Clone()));
            if (s_states.Count > Capacity)
            {
                s_states.RemoveLast();
            }
        }
    }
}
