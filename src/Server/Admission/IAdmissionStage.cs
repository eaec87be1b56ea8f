namespace OmaIm.Server.Admission;

/// <summary>One check that every request outside a dialog passes.</summary>
public interface IAdmissionStage
{
    string Name { get; }

    /// <summary>One sentence for the operator: what the stage refuses or changes.</summary>
    string Help { get; }

    AdmissionRefusal Check(AdmissionRequest request);
}
