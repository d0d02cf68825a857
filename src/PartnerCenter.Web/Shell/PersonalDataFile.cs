using System.Net.Mime;
using Microsoft.AspNetCore.Mvc;
using PartnerCenter.Data.Privacy;

namespace PartnerCenter.Web.Shell;

/// <summary>Everything about a person, to take away.</summary>
public sealed class PersonalDataFile(PersonalData data, int personId) : ActionResult
{
    public override Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        response.ContentType = $"{MediaTypeNames.Application.Json}; charset=utf-8";
        response.Headers.ContentDisposition = "attachment; filename=\"partnercenter-personal-data.json\"";
        return data.WriteAsync(personId, response.Body, context.HttpContext.RequestAborted);
    }
}
